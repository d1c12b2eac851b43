package dev.sluice.activities.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server over UDP that answers every question with the addresses of the moment, or the servers of the zone. */
final class TestNameServer implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Supplier<List<String>> addresses;
    private final List<String> nameServers;
    final AtomicInteger questions = new AtomicInteger();

    TestNameServer(Supplier<List<String>> addresses) throws IOException {
        this(addresses, List.of());
    }

    /** A resolver that knows these as the servers of every zone. */
    TestNameServer(Supplier<List<String>> addresses, List<String> nameServers) throws IOException {
        this.addresses = addresses;
        this.nameServers = nameServers;
        Thread thread = new Thread(this::serve, "zone-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        byte[] buffer = new byte[1_500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength())));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private byte[] answer(Message question) throws IOException {
        questions.incrementAndGet();
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        Record asked = question.getQuestion();
        answer.addRecord(asked, Section.QUESTION);
        if (asked.getType() == Type.NS) {
            for (String server : nameServers) {
                answer.addRecord(
                        new NSRecord(asked.getName(), DClass.IN, 30, Name.fromString(server + ".")), Section.ANSWER);
            }
            return answer.toWire();
        }
        for (String address : addresses.get()) {
            answer.addRecord(
                    new ARecord(asked.getName(), DClass.IN, 30, InetAddress.getByName(address)), Section.ANSWER);
        }
        return answer.toWire();
    }

    @Override
    public void close() {
        socket.close();
    }
}
