package dev.sluice.activities.conversation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request with Java's HTTP client and its whole answer, in at most that time and with at most so many bytes. */
public final class HttpConversation {
    private HttpConversation() {}

    /** Throws IOException with the reason, such as {@code did not complete its answer within 4000 ms}. */
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Duration limit, int mostBytes)
            throws IOException, InterruptedException {
        return send(client, request, limit, unused -> new BoundedBody(mostBytes));
    }

    /** The same for an answer whose body nobody reads: its status decides, however the body goes on. */
    public static HttpResponse<byte[]> sendAndIgnoreBody(HttpClient client, HttpRequest request, Duration limit)
            throws IOException, InterruptedException {
        return send(client, request, limit, unused -> new IgnoredBody());
    }

    private static HttpResponse<byte[]> send(
            HttpClient client, HttpRequest request, Duration limit, HttpResponse.BodyHandler<byte[]> body)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> asked = client.sendAsync(request, body);
        try {
            return asked.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new Conversation.DeadlineException(limit, new IOException(late));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException reason) {
                throw reason;
            }
            throw new IOException(failed.getCause());
        } finally {
            // Ends the exchange, the connection included, if it has not ended by itself.
            asked.cancel(true);
        }
    }

    private static final class IgnoredBody implements HttpResponse.BodySubscriber<byte[]> {
        @Override
        public CompletionStage<byte[]> getBody() {
            return CompletableFuture.completedFuture(new byte[0]);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    /** Collects a body and cancels it once it is too long. */
    private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
        private final int most;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private Flow.@org.jspecify.annotations.Nullable Subscription source;

        BoundedBody(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                kept.writeBytes(bytes);
                if (kept.size() > most) {
                    if (source != null) {
                        source.cancel();
                    }
                    whole.completeExceptionally(new IOException("sends more than %d KiB".formatted(most / 1024)));
                    return;
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(kept.toByteArray());
        }
    }
}
