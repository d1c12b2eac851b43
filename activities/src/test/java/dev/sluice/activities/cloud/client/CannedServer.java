package dev.sluice.activities.cloud.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that gives every request the same answer, byte by byte as told; it keeps a journal. */
public final class CannedServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch closed = new CountDownLatch(1);
    final List<String> journal = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Canned canned = Canned.of(500, "");

    public CannedServer() throws IOException {
        Thread thread = new Thread(this::accept, "canned-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Status 0 ends the connection without an answer; a pause lies before each byte of the body. */
    public record Canned(int status, String headers, String body, long pauseMillis) {
        public static Canned of(int status, String body) {
            return new Canned(status, "", body, 0);
        }

        Canned with(String header) {
            return new Canned(status, headers + header + "\r\n", body, pauseMillis);
        }

        Canned trickling(long millis) {
            return new Canned(status, headers, body, millis);
        }
    }

    public void answers(Canned next) {
        canned = next;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> serve(connection), "canned-answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            read(new BufferedInputStream(connection.getInputStream()));
            write(connection.getOutputStream(), canned);
        } catch (IOException gone) {
            journal.add("connection ended");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("ended early");
            }
            head.append((char) letter);
        }
        journal.add(head.substring(0, head.indexOf(" HTTP/")));
        int length = 0;
        for (String line : head.toString().toLowerCase(Locale.ROOT).split("\r\n", -1)) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        bodies.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private void write(OutputStream out, Canned answer) throws IOException, InterruptedException {
        if (answer.status == 0) {
            return;
        }
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        out.write("HTTP/1.1 %d Canned\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(answer.status, answer.headers, body.length)
                .getBytes(StandardCharsets.US_ASCII));
        for (byte letter : body) {
            if (answer.pauseMillis > 0 && closed.await(answer.pauseMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
            out.write(letter);
        }
        out.flush();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
