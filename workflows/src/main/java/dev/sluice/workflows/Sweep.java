package dev.sluice.workflows;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Removes resources that are certainly orphaned, a few in each pass, started by a schedule. It finds what
 * {@link FindLeaks} finds. It returns normally whatever it finds, since the next pass receives this pass's report.
 */
@WorkflowInterface
public interface Sweep {
    @WorkflowMethod
    SweepReport run(SweepPlan plan);

    /**
     * What may be removed.
     *
     * @param quarantine how long a node stays after its owner's end
     * @param most nodes that one pass may remove
     */
    record SweepPlan(ClusterFile file, Duration quarantine, int most) {
        /** Returns the schedule's limits, an hour and two nodes a pass: an operator has time to pause it. */
        public static SweepPlan of(ClusterFile file) {
            return new SweepPlan(file, Duration.ofHours(1), 2);
        }
    }

    /**
     * What was found.
     *
     * @param emptyTags tags that this pass saw empty; the next pass removes them if they are still empty
     * @param told stuck runs that were notified, with the day
     */
    record SweepReport(Instant at, List<Leak> leaks, List<String> emptyTags, Map<String, LocalDate> told) {
        public SweepReport {
            leaks = List.copyOf(leaks);
            emptyTags = List.copyOf(emptyTags);
            // The report of an older worker has none.
            told = told == null ? Map.of() : Map.copyOf(told);
        }
    }
}
