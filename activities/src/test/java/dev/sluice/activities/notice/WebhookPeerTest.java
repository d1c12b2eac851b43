package dev.sluice.activities.notice;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.activities.conversation.HostilePeer;
import dev.sluice.activities.conversation.HostilePeerContract;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.NotificationSettings.WebhookFormat;
import dev.sluice.workflows.model.cluster.SecretName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WebhookPeerTest implements HostilePeerContract {
    @Override
    public String firstWords() {
        return "HTTP/1.1 200 OK\r\n\r\n";
    }

    /** It has accepted the notice; to post it again would tell it twice. */
    @Test
    void anAnswerWhoseBodyDoesNotEndIsAnAcceptedNotice() throws IOException {
        try (HostilePeer peer = HostilePeer.plain(HostilePeer.HostileManner.DRIPS, firstWords())) {
            assertThatCode(() -> talk(peer.port())).doesNotThrowAnyException();
        }
    }

    @Override
    public void talk(int port) {
        new WebhookNoticeActivities(name -> "http://127.0.0.1:%d/hook".formatted(port), LIMIT)
                .tell(new Notice(
                        new NotificationSettings(new SecretName("ops-webhook"), WebhookFormat.JSON),
                        "expiry/hello@1/findings",
                        new ClusterName("hello"),
                        "findings",
                        "hello: 1 finding",
                        List.of(),
                        Instant.EPOCH));
    }
}
