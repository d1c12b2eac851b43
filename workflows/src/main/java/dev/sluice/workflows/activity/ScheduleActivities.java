package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What Temporal starts by itself for a cluster. */
@ActivityInterface(namePrefix = "Schedules.")
public interface ScheduleActivities {
    /**
     * Makes, renews or removes the cluster's schedules, so that they are what the file wants and carry it. A pause and
     * its note stay. Answers with one line each.
     */
    List<String> set(ClusterFile file);
}
