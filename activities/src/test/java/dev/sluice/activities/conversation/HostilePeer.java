package dev.sluice.activities.conversation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.provider.EnumSource;

/** A server on loopback that keeps to no protocol. */
public final class HostilePeer implements AutoCloseable {
    /** What it does with a connection, after the first words of its protocol, if any. */
    public enum HostileManner {
        /** Accepts and says nothing. */
        SILENT,
        /** Sends a byte now and then, so that no read ever meets its own limit. */
        DRIPS,
        /** Sends one line without an end, as fast as the network takes it. */
        ENDLESS_LINE,
        /** Sends lines without an end. */
        ENDLESS_LINES,
        /** Closes in the middle of a line. */
        CLOSES
    }

    private final ServerSocket server;
    private final HostileManner manner;
    private final String first;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private HostilePeer(ServerSocket server, HostileManner manner, String first) {
        this.server = server;
        this.manner = manner;
        this.first = first;
        start(this::accept);
    }

    /** Sends those words first, such as the beginning of an answer of HTTP. */
    public static HostilePeer plain(HostileManner manner, String first) throws IOException {
        return new HostilePeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), manner, first);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                open.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(first.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] block = (manner == HostileManner.ENDLESS_LINES ? "x: y\r\n".repeat(2048) : "x".repeat(12_288))
                    .getBytes(StandardCharsets.US_ASCII);
            while (!server.isClosed()) {
                switch (manner) {
                    case SILENT -> LockSupport.parkNanos(20_000_000);
                    case DRIPS -> {
                        out.write('x');
                        out.flush();
                        LockSupport.parkNanos(50_000_000);
                    }
                    case ENDLESS_LINE, ENDLESS_LINES -> out.write(block);
                    case CLOSES -> {
                        out.write("HTT".getBytes(StandardCharsets.US_ASCII));
                        return;
                    }
                }
            }
        } catch (IOException gone) {
            // the client has left, as it should
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Each manner, for a parameterized test. */
    @EnumSource(HostileManner.class)
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    public @interface EachManner {}
}
