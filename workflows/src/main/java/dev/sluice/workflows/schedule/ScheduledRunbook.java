package dev.sluice.workflows.schedule;

import dev.sluice.workflows.CheckCluster;
import dev.sluice.workflows.CheckCluster.CheckPlan;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.check.ExpirySettings;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One runbook that a schedule starts.
 *
 * @param name as in {@code sluice schedule pause NAME}
 * @param every interval from the cluster file; empty if it wants no such schedule
 * @param catchUp how long a start that a stopped server missed is caught up
 * @param plan the start argument of its runs, made from the cluster file that the schedule carries
 */
public record ScheduledRunbook(
        String name,
        Class<?> runbook,
        Function<ClusterFile, Optional<Duration>> every,
        Duration catchUp,
        Function<ClusterFile, Object> plan) {
    private static final Duration CATCH_UP = Duration.ofMinutes(10);

    public static final List<ScheduledRunbook> ALL = List.of(
            new ScheduledRunbook(
                    "expiry",
                    CheckExpiry.class,
                    file -> file.expiry().map(ExpirySettings::every),
                    CATCH_UP,
                    file -> new ExpiryPlan(file, true)),
            new ScheduledRunbook(
                    "check",
                    CheckCluster.class,
                    file -> Optional.of(
                            file.check().orElse(CheckSettings.STANDARD).every()),
                    // An older check would only be followed by a newer one.
                    Duration.ofMinutes(2),
                    file -> new CheckPlan(file, List.of(), true)),
            // The resources of a dead run are reported within a quarter of an hour.
            new ScheduledRunbook(
                    "sweep", Sweep.class, file -> Optional.of(Duration.ofMinutes(10)), CATCH_UP, SweepPlan::of));

    public static boolean isWantedBy(ClusterFile file) {
        return ALL.stream().anyMatch(one -> one.every().apply(file).isPresent());
    }

    public static Optional<ScheduledRunbook> findByName(String name) {
        return ALL.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Describes what its schedule starts: the runbook and the task queue. */
    public String starts() {
        return "%s on the queue %s".formatted(runbook.getSimpleName(), WorkflowIds.TASK_QUEUE);
    }

    /** Returns {@code expiry/<cluster>}; its runs add the time to it. */
    public String id(ClusterName cluster) {
        return "%s/%s".formatted(name, cluster);
    }
}
