package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;

/** Tells people. */
@ActivityInterface(namePrefix = "Notice.")
public interface NoticeActivities {
    /** Posts it to the webhook; a lost answer means that it may be posted twice, with the same id. */
    void tell(Notice notice);

    /**
     * What people should know.
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
