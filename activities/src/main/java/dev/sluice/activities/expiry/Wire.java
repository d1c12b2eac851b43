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

/** One question over HTTP, cut off at its limit and at a size. */
final class Wire {
    private static final int LARGEST = 4 * 1024 * 1024;

    private final HttpClient client;
    private final Limits limits;

    Wire(Limits limits) {
        this.limits = limits;
        // Follows redirects, but never from https to http.
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(limits.connect())
                .build();
    }

    /** What came back. */
    record Answer(int status, String kind, Optional<String> retryAfter, String body) {
        boolean json() {
            return kind.contains("json");
        }
    }

    /** Throws IOException with the reason as the end of a sentence. */
    Answer get(URI address) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Thread asking = Thread.currentThread();
        ScheduledFuture<?> alarm = AtOnce.after(limits.answer(), () -> {
            late.set(true);
            asking.interrupt();
        });
        try {
            return read(address);
        } catch (InterruptedException | IOException failure) {
            throw late.get()
                    ? new IOException("does not answer within %d ms"
                            .formatted(limits.answer().toMillis()))
                    : new IOException("cannot be asked: " + reason(failure), failure);
        } finally {
            alarm.cancel(false);
            if (late.get()) {
                Thread.interrupted();
            }
        }
    }

    private Answer read(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(
                HttpRequest.newBuilder(address)
                        .timeout(limits.answer())
                        .header("Accept", "application/rdap+json, application/json")
                        .header("User-Agent", "sluice")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST);
            return new Answer(
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
