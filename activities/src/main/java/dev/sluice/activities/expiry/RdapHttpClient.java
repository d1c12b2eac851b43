package dev.sluice.activities.expiry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends one GET with a limit on its time and on the size of its answer. */
final class RdapHttpClient {
    private static final int LARGEST = 4 * 1024 * 1024;

    private final HttpClient client;
    private final ExpiryLimits limits;

    RdapHttpClient(ExpiryLimits limits) {
        this.limits = limits;
        // NORMAL follows redirects, but never from https to http.
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(limits.connect())
                .build();
    }

    /** Status, headers and body of an answer. */
    record HttpAnswer(int status, String kind, Optional<String> retryAfter, String body) {
        boolean json() {
            return kind.contains("json");
        }
    }

    /** Throws IOException with the reason as the end of a message. */
    HttpAnswer get(URI address) throws IOException {
        RequestTimeout alarm = new RequestTimeout(Thread.currentThread());
        ScheduledFuture<?> ringing = ParallelCalls.after(limits.answer(), alarm::ring);
        try {
            HttpAnswer answer = read(address, alarm);
            if (alarm.rang.get()) {
                throw new IOException("cut off");
            }
            return answer;
        } catch (InterruptedException | IOException failure) {
            throw alarm.rang.get()
                    ? new IOException("does not answer within %d ms"
                            .formatted(limits.answer().toMillis()))
                    : new IOException("cannot be queried: " + reason(failure), failure);
        } finally {
            ringing.cancel(false);
            if (alarm.rang.get()) {
                Thread.interrupted();
            }
        }
    }

    /** Interrupts the thread that waits for an answer and closes a slow body, since a read of a body ignores interrupts (JDK 17). */
    private static final class RequestTimeout {
        private final Thread asking;
        private final AtomicBoolean rang = new AtomicBoolean();
        private final AtomicReference<@Nullable InputStream> body = new AtomicReference<>();

        RequestTimeout(Thread asking) {
            this.asking = asking;
        }

        void ring() {
            rang.set(true);
            asking.interrupt();
            close();
        }

        void watch(InputStream answer) {
            body.set(answer);
            if (rang.get()) {
                close();
            }
        }

        private void close() {
            InputStream open = body.get();
            if (open == null) {
                return;
            }
            try {
                open.close();
            } catch (IOException alreadyGone) {
                // it is closed
            }
        }
    }

    private HttpAnswer read(URI address, RequestTimeout alarm) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "application/rdap+json, application/json")
                        .header("User-Agent", "sluice")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            alarm.watch(body);
            byte[] bytes = body.readNBytes(LARGEST);
            return new HttpAnswer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response.headers().firstValue("retry-after"),
                    new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static String reason(Exception failure) {
        Throwable at = failure;
        while (at.getMessage() == null && at.getCause() != null) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }
}
