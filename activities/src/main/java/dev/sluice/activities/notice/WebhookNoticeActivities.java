package dev.sluice.activities.notice;

import dev.sluice.activities.conversation.Conversation;
import dev.sluice.activities.conversation.HttpConversation;
import dev.sluice.activities.secret.SecretStore;
import dev.sluice.workflows.activity.NoticeActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Posts notices to webhooks. Messages name the secret and the host, never the URL, which permits posts. */
public final class WebhookNoticeActivities implements NoticeActivities {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final SecretStore secrets;
    private final Duration limit;
    private final HttpClient client;

    /** The limit is for one attempt and shorter than the activity's own. */
    public WebhookNoticeActivities(SecretStore secrets, Duration limit) {
        this.secrets = secrets;
        this.limit = limit;
        this.client = HttpClient.newBuilder().connectTimeout(limit).build();
    }

    @Override
    public void tell(Notice notice) {
        SecretName name = notice.to().webhook();
        URI address = address(name);
        HttpResponse<byte[]> answer = post(address, name, NoticeBodies.format(notice));
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer, address, name);
        }
    }

    private URI address(SecretName name) {
        try {
            URI address = URI.create(secrets.read(name).strip());
            if (address.getHost() != null && ("https".equals(address.getScheme()) || isLoopback(address))) {
                return address;
            }
        } catch (IllegalArgumentException notAUrl) {
            // reported below, without the text
        }
        throw TypedFailures.of(
                FailureType.NOTICE_REFUSED,
                "The secret '%s' holds no URL of a webhook; expected https://… (plain http for loopback only)"
                        .formatted(name));
    }

    private static boolean isLoopback(URI address) {
        try {
            return "http".equals(address.getScheme())
                    && InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private HttpResponse<byte[]> post(URI address, SecretName name, String body) {
        try {
            return HttpConversation.sendAndIgnoreBody(
                    client,
                    HttpRequest.newBuilder(address)
                            .timeout(limit)
                            .header("Content-Type", "application/json")
                            .header("User-Agent", "sluice")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    limit);
        } catch (IOException lost) {
            // Without the cause, which may quote the URL.
            throw TypedFailures.of(
                    FailureType.NOTICE_LOST,
                    "The webhook of secret '%s' at %s does not accept the notice: %s"
                            .formatted(name, address.getHost(), reason(lost)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw TypedFailures.of(FailureType.NOTICE_LOST, "The notice was interrupted: the worker is stopping");
        }
    }

    /** Only our own words, since others may quote the URL. */
    private static String reason(IOException lost) {
        return lost instanceof Conversation.DeadlineException
                ? "it " + lost.getMessage()
                : lost.getClass().getSimpleName();
    }

    private static RuntimeException refused(HttpResponse<?> answer, URI address, SecretName name) {
        int status = answer.statusCode();
        String says = "The webhook of secret '%s' at %s answers %d".formatted(name, address.getHost(), status);
        if (status == 429 || status == 503) {
            return TypedFailures.retryableAfter(
                    FailureType.NOTICE_LOST, says, wait(answer.headers().firstValue("retry-after")));
        }
        return TypedFailures.of(status >= 500 ? FailureType.NOTICE_LOST : FailureType.NOTICE_REFUSED, says);
    }

    private static Duration wait(Optional<String> retryAfter) {
        Duration asked = retryAfter
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ofSeconds(2));
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }
}
