package dev.sluice.activities.membership;

import dev.sluice.activities.probe.TrustAllCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections with one unanswered request each, until they are closed. */
final class ManyRequests implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    private ManyRequests() {}

    /** Opens so many, or as many as the server takes before it stops to answer the handshake. */
    static ManyRequests hold(int port, int wanted) {
        ManyRequests held = new ManyRequests();
        while (held.count() < wanted && held.add(port)) {
            // the next one
        }
        return held;
    }

    private boolean add(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(1000);
            Socket secured =
                    TrustAllCertificates.context().getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
            sockets.add(secured);
            secured.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: www.hello.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    int count() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
