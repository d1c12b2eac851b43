package dev.sluice.activities.membership;

import dev.sluice.activities.probe.TrustAllCertificates;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Clients with kept connections, paced; every request is counted once, none is tried again. */
final class SteadyLoad implements AutoCloseable {
    private final int port;
    private final SSLContext tls = TrustAllCertificates.context();
    private final List<Thread> threads;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger staleCloses = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> byMember = new ConcurrentHashMap<>();
    private volatile boolean running = true;

    SteadyLoad(int port, int clients, Duration pace) {
        this.port = port;
        this.threads = IntStream.range(0, clients)
                .mapToObj(number -> new Thread(() -> client(pace), "client-" + number))
                .toList();
        threads.forEach(Thread::start);
    }

    int requests() {
        return requests.get();
    }

    /** What went wrong, but for connections that were closed while idle. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Kept connections that a reload closed before the request reached Apache. */
    int staleCloses() {
        return staleCloses.get();
    }

    Map<String, Integer> byMember() {
        return new TreeMap<>(byMember);
    }

    void await(int more) {
        int wanted = requests() + more;
        WaitUntil.within(Duration.ofSeconds(20), more + " more requests", () -> requests() >= wanted);
    }

    @Override
    public void close() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void client(Duration pace) {
        @Nullable Socket kept = null;
        int served = 0;
        while (running) {
            try {
                if (kept == null) {
                    kept = tls.getSocketFactory().createSocket("127.0.0.1", port);
                    kept.setSoTimeout(5000);
                    served = 0;
                }
                if (!request(kept)) {
                    kept = null;
                }
                served++;
            } catch (IOException broken) {
                if (served > 0 && broken instanceof NoAnswerException) {
                    staleCloses.incrementAndGet();
                } else {
                    failures.add("request %d of a connection: %s".formatted(served + 1, broken));
                }
                kept = null;
            }
            requests.incrementAndGet();
            LockSupport.parkNanos(pace.toNanos());
        }
    }

    /** Whether the connection may be used again. */
    private boolean request(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Map<String, String> headers = new TreeMap<>();
        try {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: www.hello.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            in.mark(1);
            if (in.read() < 0) {
                throw new NoAnswerException("closed without an answer");
            }
            in.reset();
        } catch (java.net.SocketException closed) {
            throw new NoAnswerException(closed.getMessage());
        }
        String status = line(in);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (!status.matches("HTTP/1.1 2.*")) {
            failures.add(status);
        }
        byMember.merge(headers.getOrDefault("x-sluice-member", "none"), 1, Integer::sum);
        return !"close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int at = in.read(); at != '\n'; at = in.read()) {
            if (at < 0) {
                throw new EOFException("cut off after: " + line);
            }
            line.append((char) at);
        }
        return line.toString().strip();
    }

    private static final class NoAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        NoAnswerException(@Nullable String says) {
            super(says);
        }
    }
}
