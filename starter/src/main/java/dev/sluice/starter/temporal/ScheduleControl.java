package dev.sluice.starter.temporal;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.schedule.ClusterSchedules;
import dev.sluice.workflows.schedule.ScheduleStatus;
import dev.sluice.workflows.schedule.ScheduledRunbook;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lists and changes a cluster's schedules; it needs no worker. */
public final class ScheduleControl {
    private final TemporalClient temporal;
    private final ClusterSchedules schedules;

    public ScheduleControl(TemporalClient temporal) {
        this.temporal = temporal;
        this.schedules = new ClusterSchedules(temporal.client());
    }

    /** Sets the schedules from the cluster file; returns a line for each. */
    public List<String> set(ClusterFile file) {
        return bounded(() -> schedules.set(file));
    }

    public List<ScheduleStatus> list(ClusterName cluster) {
        return bounded(() -> schedules.list(cluster));
    }

    /** Applies the action to the schedule of that name; throws exit code 2 if there is none. */
    public void apply(ClusterName cluster, String name, Consumer<ScheduleHandle> action) {
        ScheduledRunbook one = ScheduledRunbook.findByName(name)
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE, "There is no schedule \"%s\"; expected one of %s.".formatted(name, names())));
        bounded(() -> {
            try {
                action.accept(schedules.handle(one, cluster));
                return true;
            } catch (ScheduleException failure) {
                if (ClusterSchedules.isMissing(failure)) {
                    throw new CliException(
                            ExitCode.USAGE,
                            "%s has no schedule %s.  Set the schedules from the cluster file: %s"
                                    .formatted(cluster, name, CommandHints.setSchedules()),
                            failure);
                }
                throw failure;
            }
        });
    }

    /** Returns the names of all schedules. */
    public static String names() {
        return ScheduledRunbook.ALL.stream().map(ScheduledRunbook::name).collect(Collectors.joining(", "));
    }

    private <R> R bounded(Supplier<R> call) {
        return temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, call));
    }
}
