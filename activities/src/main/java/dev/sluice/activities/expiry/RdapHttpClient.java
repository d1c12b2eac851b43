package dev.sluice.activities.expiry;

import dev.sluice.activities.conversation.Conversation;
import dev.sluice.activities.conversation.HttpConversation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/rdap+json, application/json")
                .header("User-Agent", "sluice")
                .build();
        try {
            HttpResponse<byte[]> response = HttpConversation.send(client, request, limits.answer(), LARGEST);
            return new HttpAnswer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response.headers().firstValue("retry-after"),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (Conversation.DeadlineException late) {
            throw new IOException(
                    "does not answer within %d ms".formatted(limits.answer().toMillis()), late);
        } catch (IOException failure) {
            throw new IOException("cannot be queried: " + reason(failure), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("cannot be queried: the worker is stopping", stopped);
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
