package dev.sluice.starter.temporal;

import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.schedule.ClusterSchedules;
import dev.sluice.workflows.schedule.Kept;
import dev.sluice.workflows.schedule.Recurring;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A cluster's schedules as an operator handles them; no worker is needed. */
public final class Schedules {
    private final Temporal temporal;
    private final ClusterSchedules schedules;

    public Schedules(Temporal temporal) {
        this.temporal = temporal;
        this.schedules = new ClusterSchedules(temporal.client());
    }

    /** Makes them what the file says; one line each. */
    public List<String> set(ClusterFile file) {
        return bounded(() -> schedules.set(file));
    }

    public List<Kept> list(ClusterName cluster) {
        return bounded(() -> schedules.list(cluster));
    }

    /** Does that to the schedule of that name; exit code 2 if there is none. */
    public void change(ClusterName cluster, String name, Consumer<ScheduleHandle> action) {
        Recurring one = Recurring.named(name)
                .orElseThrow(() -> new Trouble(
                        ExitCode.USAGE, "There is no schedule \"%s\"; there are %s.".formatted(name, names())));
        bounded(() -> {
            try {
                action.accept(schedules.handle(one, cluster));
                return true;
            } catch (ScheduleException failure) {
                if (ClusterSchedules.isMissing(failure)) {
                    throw new Trouble(
                            ExitCode.USAGE,
                            "%s has no schedule %s.  Make what its file says: %s"
                                    .formatted(cluster, name, Hints.setSchedules()),
                            failure);
                }
                throw failure;
            }
        });
    }

    /** Those that there can be. */
    public static String names() {
        return Recurring.ALL.stream().map(Recurring::name).collect(Collectors.joining(", "));
    }

    private <R> R bounded(Supplier<R> call) {
        return temporal.call(() -> Deadline.within(Temporal.LIMIT, call));
    }
}
