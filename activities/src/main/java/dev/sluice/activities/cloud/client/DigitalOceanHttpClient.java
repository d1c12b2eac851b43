package dev.sluice.activities.cloud.client;

import dev.sluice.activities.conversation.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client for DigitalOcean, for client 2.17 and direct requests alike. It counts each request, sends it once
 * and ends it at its time limit.
 */
final class DigitalOceanHttpClient extends CloseableHttpClient {
    /** Attribute of a request's context that keeps the numbers of the answer unchanged. */
    static final String EXACT = "sluice.exact";

    /** The limit of all requests except a create, so that a step of 5 s gets its answer. */
    static final Duration LIMIT = Duration.ofMillis(4_500);

    /** Of one answer; a page of 200 droplets has less than 2 MiB. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final int LONGEST_HEADER = 16 * 1024;
    private static final int MOST_HEADERS = 200;

    private final CloseableHttpClient inner;
    private final Supplier<String> token;
    private final RateLimiter budget;
    private final Clock clock;
    private final ThreadLocal<Duration> limit = ThreadLocal.withInitial(() -> LIMIT);
    private final ThreadLocal<ResponseHeaders> last = ThreadLocal.withInitial(() -> ResponseHeaders.NOTHING);

    DigitalOceanHttpClient(CloudSettings settings, RateLimiter budget, Clock clock) {
        this.inner = client(settings);
        this.token = settings.token();
        this.budget = budget;
        this.clock = clock;
    }

    /** The headers of the last answer on this thread. */
    ResponseHeaders lastHeaders() {
        return last.get();
    }

    /** Runs requests of this thread with another time limit. */
    <T> T within(Duration time, Supplier<T> requests) {
        limit.set(time);
        try {
            return requests.get();
        } finally {
            limit.remove();
        }
    }

    @Override
    protected CloseableHttpResponse doExecute(HttpHost target, HttpRequest request, @Nullable HttpContext context)
            throws IOException {
        last.set(ResponseHeaders.NOTHING);
        HttpUriRequest asked = (HttpUriRequest) request;
        Conversation conversation = Conversation.within(limit.get(), MOST_BYTES);
        try {
            conversation.watch(asked::abort);
            request.setHeader("Authorization", "Bearer " + token.get());
            CloseableHttpResponse answer = fitted(inner.execute(target, request, context), conversation, context);
            conversation.cancel();
            return answer;
        } catch (IOException | RuntimeException failed) {
            conversation.cancel();
            // Checks the abort and not the deadline, which may end later than the failure that it causes.
            if (asked.isAborted()) {
                throw late(failed);
            }
            throw failed;
        }
    }

    private CloseableHttpResponse fitted(
            CloseableHttpResponse response, Conversation conversation, @Nullable HttpContext context)
            throws IOException {
        try {
            ResponseHeaders answered = ResponseHeaders.of(response, clock.instant());
            last.set(answered);
            budget.learn(answered.remaining(), answered.toWait());
            if (response.getEntity() != null) {
                response.setEntity(new BoundedEntity(response.getEntity(), conversation));
            }
            ResponseNormalizer.normalize(response, context != null && context.getAttribute(EXACT) != null);
            return response;
        } catch (IOException | RuntimeException failed) {
            response.close();
            throw failed;
        }
    }

    private static final class BoundedEntity extends HttpEntityWrapper {
        private final Conversation conversation;

        BoundedEntity(HttpEntity body, Conversation conversation) {
            super(body);
            this.conversation = conversation;
        }

        @Override
        public InputStream getContent() throws IOException {
            return conversation.bounded(super.getContent());
        }
    }

    private IOException late(Exception failed) {
        InterruptedIOException late = new InterruptedIOException(
                "no complete answer within %d ms".formatted(limit.get().toMillis()));
        late.initCause(failed);
        return late;
    }

    private static CloseableHttpClient client(CloudSettings settings) {
        HttpHost target = HttpHost.create(settings.api().toString());
        boolean encrypted = "https".equals(target.getSchemeName());
        return HttpClients.custom()
                // Client 2.17 knows only https://api.digitalocean.com; the route leads it to the configured API.
                .setRoutePlanner((host, request, context) -> new HttpRoute(target, null, encrypted))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(2_000)
                        .setConnectionRequestTimeout(2_000)
                        .setSocketTimeout(6_000)
                        .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setMessageConstraints(MessageConstraints.custom()
                                .setMaxLineLength(LONGEST_HEADER)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnPerRoute(16)
                .setMaxConnTotal(16)
                .setConnectionTimeToLive(30, TimeUnit.SECONDS)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .build();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }

    /** @deprecated only because the base class demands it */
    @Override
    @Deprecated
    public HttpParams getParams() {
        throw new UnsupportedOperationException("This client has no parameters");
    }

    /** @deprecated only because the base class demands it */
    @Override
    @Deprecated
    public ClientConnectionManager getConnectionManager() {
        throw new UnsupportedOperationException("This client keeps its connections to itself");
    }
}
