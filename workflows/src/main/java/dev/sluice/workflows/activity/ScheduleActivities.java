package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The schedules that start runs for a cluster. */
@ActivityInterface(namePrefix = "Schedules.")
public interface ScheduleActivities {
    /**
     * Creates, updates or removes the cluster's schedules as the cluster file states; they carry the file. A pause and
     * its note stay. Returns one line for each.
     */
    List<String> set(ClusterFile file);
}
