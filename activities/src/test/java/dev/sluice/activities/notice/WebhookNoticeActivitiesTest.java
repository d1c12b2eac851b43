package dev.sluice.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.NotificationSettings.WebhookFormat;
import dev.sluice.workflows.model.cluster.SecretName;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookNoticeActivitiesTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private int status = 200;
    private HttpServer server;
    private String url = "";

    @BeforeEach
    void serves() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/hook/s3cr3t", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:%d/hook/s3cr3t\n".formatted(server.getAddress().getPort());
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    private void tell(WebhookFormat form) {
        new WebhookNoticeActivities(name -> url, Duration.ofSeconds(5))
                .tell(new Notice(
                        new NotificationSettings(new SecretName("ops-webhook"), form),
                        "expiry/hello@1/findings",
                        new ClusterName("hello"),
                        "findings",
                        "hello: 1 finding",
                        List.of("critical: certificate <www> & \"co\""),
                        Instant.parse("2026-11-22T12:00:00Z")));
    }

    private ApplicationFailure refused() {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> tell(WebhookFormat.JSON));
        assertThat(failure.getOriginalMessage()).contains("'ops-webhook'").doesNotContain("s3cr3t");
        return failure;
    }

    @Test
    void genericFormHasAllFieldsByName() {
        tell(WebhookFormat.JSON);

        assertThat(bodies)
                .containsExactly("{\"id\":\"expiry/hello@1/findings\",\"cluster\":\"hello\",\"event\":\"findings\","
                        + "\"title\":\"hello: 1 finding\",\"at\":\"2026-11-22T12:00:00Z\","
                        + "\"lines\":[\"critical: certificate <www> & \\\"co\\\"\"]}");
    }

    @Test
    void slackFormEscapesTheText() {
        tell(WebhookFormat.SLACK);

        assertThat(bodies)
                .containsExactly(
                        "{\"text\":\"*hello: 1 finding*\\n• critical: certificate &lt;www&gt; &amp; \\\"co\\\"\"}");
    }

    @Test
    void retriesOnlyTransientFailures() {
        status = 500;
        assertThat(refused().isNonRetryable()).isFalse();
        status = 404;
        assertThat(refused().isNonRetryable()).isTrue();
        status = 429;
        assertThat(refused().getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(bodies).hasSize(3);
    }

    @Test
    void reportsADeadWebhookWithoutItsUrl() {
        server.stop(0);

        assertThat(refused().getType()).isEqualTo("NOTICE_LOST");
    }

    @Test
    void rejectsASecretThatIsNoSafeUrl() {
        url = "http://chat.example/hook/s3cr3t";
        assertThat(refused().getOriginalMessage()).contains("expected https://");
        url = "s3cr3t with blanks";
        assertThat(refused().getType()).isEqualTo("NOTICE_REFUSED");
        assertThat(bodies).isEmpty();
    }
}
