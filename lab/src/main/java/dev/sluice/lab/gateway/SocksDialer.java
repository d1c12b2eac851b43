package dev.sluice.lab.gateway;

import dev.sluice.lab.dns.ZoneResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server's half of SOCKS 5 (RFC 1928): CONNECT without authentication, to names of the lab. */
final class SocksDialer implements ConnectionDialer {
    private static final byte VERSION = 5;
    private static final byte GRANTED = 0;
    private static final byte HOST_UNREACHABLE = 4;
    private static final byte REFUSED = 5;
    private static final byte COMMAND_UNKNOWN = 7;

    private final ZoneResolver names;

    SocksDialer(ZoneResolver names) {
        this.names = names;
    }

    @Override
    public SocketChannel dial(SocketChannel client) throws IOException {
        ByteBuffer greeting = read(client, 2);
        if (greeting.get(0) != VERSION) {
            throw new IOException("This is a SOCKS 5 port.");
        }
        read(client, greeting.get(1) & 0xff);
        send(client, VERSION, (byte) 0);
        ByteBuffer request = read(client, 4);
        String host = host(client, request.get(3));
        int port = read(client, 2).getShort(0) & 0xffff;
        if (request.get(1) != 1) {
            throw refused(client, COMMAND_UNKNOWN, "only CONNECT is known");
        }
        InetAddress address = address(client, host);
        try {
            SocketChannel server = ConnectionRelay.connect(new InetSocketAddress(address, port));
            reply(client, GRANTED);
            return server;
        } catch (IOException failure) {
            throw refused(
                    client,
                    failure instanceof ConnectException ? REFUSED : HOST_UNREACHABLE,
                    String.valueOf(failure.getMessage()));
        }
    }

    private InetAddress address(SocketChannel client, String host) throws IOException {
        if (host.matches("[0-9.]+|.*:.*")) {
            return InetAddress.getByName(host);
        }
        List<InetAddress> found = names.addresses(host);
        if (found.isEmpty()) {
            throw refused(client, HOST_UNREACHABLE, host + " is no name of the lab");
        }
        return found.get(0);
    }

    private static String host(SocketChannel client, byte kind) throws IOException {
        return switch (kind) {
            case 1 -> InetAddress.getByAddress(bytes(client, 4)).getHostAddress();
            case 4 -> InetAddress.getByAddress(bytes(client, 16)).getHostAddress();
            default -> new String(bytes(client, read(client, 1).get(0) & 0xff), StandardCharsets.US_ASCII);
        };
    }

    private static IOException refused(SocketChannel client, byte code, String why) throws IOException {
        reply(client, code);
        return new IOException(why);
    }

    private static void reply(SocketChannel client, byte code) throws IOException {
        send(client, VERSION, code, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
    }

    private static void send(SocketChannel client, byte... bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }

    private static byte[] bytes(SocketChannel client, int count) throws IOException {
        return read(client, count).array();
    }

    private static ByteBuffer read(SocketChannel client, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("The client ended in the middle of its request.");
            }
        }
        return buffer;
    }
}
