package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;

/** Notices to people. */
@ActivityInterface(namePrefix = "Notice.")
public interface NoticeActivities {
    /** Posts the notice to the webhook. After a lost response it may be posted twice, with the same ID. */
    void tell(Notice notice);

    /**
     * One notice.
     *
     * @param event one word for programs, such as {@code findings}
     */
    record Notice(
            NotificationSettings to,
            String id,
            ClusterName cluster,
            String event,
            String title,
            List<String> lines,
            Instant at) {
        public Notice {
            lines = List.copyOf(lines);
        }
    }
}
