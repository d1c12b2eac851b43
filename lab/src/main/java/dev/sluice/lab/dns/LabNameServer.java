package dev.sluice.lab.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;

/** The lab's name server, over UDP and TCP on one address. */
public final class LabNameServer implements AutoCloseable {
    private static final int PLAIN_UDP = 512;
    private static final int LARGEST = 65_535;
    private static final int IDLE_MILLIS = 5_000;

    private final ZoneResolver answers;
    private final DatagramSocket datagrams;
    private final ServerSocket streams;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "lab-names");
        thread.setDaemon(true);
        return thread;
    });

    /** Serves until closed; port 0 selects a free one. */
    public LabNameServer(ZoneResolver answers, InetSocketAddress address) throws IOException {
        this.answers = answers;
        this.streams = new ServerSocket(address.getPort(), 64, address.getAddress());
        this.datagrams = new DatagramSocket(new InetSocketAddress(address.getAddress(), streams.getLocalPort()));
        threads.execute(this::serveDatagrams);
        threads.execute(this::serveStreams);
    }

    /** The address that it listens on. */
    public InetSocketAddress address() {
        return new InetSocketAddress(streams.getInetAddress(), streams.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        streams.close();
        threads.shutdownNow();
    }

    private void serveDatagrams() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (!datagrams.isClosed()) {
            try {
                packet.setLength(LARGEST);
                datagrams.receive(packet);
                Optional<byte[]> wire = reply(Arrays.copyOf(packet.getData(), packet.getLength()), false);
                if (wire.isPresent()) {
                    datagrams.send(new DatagramPacket(wire.get(), wire.get().length, packet.getSocketAddress()));
                }
            } catch (IOException failure) {
                // A packet that cannot be read or sent affects one client; a closed socket ends the loop.
            }
        }
    }

    private void serveStreams() {
        while (!streams.isClosed()) {
            try {
                Socket client = streams.accept();
                threads.execute(() -> serve(client));
            } catch (IOException failure) {
                // A closed socket ends the loop; a client that closed its connection does not.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                Optional<byte[]> wire = reply(in.readNBytes(in.readUnsignedShort()), true);
                if (wire.isEmpty()) {
                    return;
                }
                byte[] framed = new byte[wire.get().length + 2];
                framed[0] = (byte) (wire.get().length >> 8);
                framed[1] = (byte) wire.get().length;
                System.arraycopy(wire.get(), 0, framed, 2, wire.get().length);
                out.write(framed);
                out.flush();
            }
        } catch (IOException failure) {
            // The client closed the connection or timed out, which ends a TCP exchange.
            return;
        }
    }

    private Optional<byte[]> reply(byte[] wire, boolean stream) {
        try {
            Message query = new Message(wire);
            if (query.getHeader().getFlag(Flags.QR)) {
                return Optional.empty();
            }
            Message answer = answers.answer(query);
            OPTRecord option = query.getOPT();
            int room = stream ? LARGEST : Math.max(PLAIN_UDP, option == null ? 0 : option.getPayloadSize());
            if (option != null) {
                answer.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), org.xbill.DNS.Section.ADDITIONAL);
            }
            return Optional.of(answer.toWire(room));
        } catch (IOException | RuntimeException failure) {
            return broken(wire);
        }
    }

    // An invalid message gets FORMERR if it has an id.
    private static Optional<byte[]> broken(byte[] wire) {
        if (wire.length < 2) {
            return Optional.empty();
        }
        Message answer = new Message(((wire[0] & 0xff) << 8) | (wire[1] & 0xff));
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(Rcode.FORMERR);
        return Optional.of(answer.toWire());
    }
}
