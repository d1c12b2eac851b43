package dev.sluice.activities.notice;

import dev.sluice.activities.conversation.HostilePeerContract;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.NotificationSettings.WebhookFormat;
import dev.sluice.workflows.model.cluster.SecretName;
import java.time.Instant;
import java.util.List;

final class WebhookPeerTest implements HostilePeerContract {
    @Override
    public String firstWords() {
        return "HTTP/1.1 200 OK\r\n\r\n";
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
