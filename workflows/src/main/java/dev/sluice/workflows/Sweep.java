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
 * Finds what {@link FindLeaks} finds, without a person to ask, and so removes only what is certain to be nobody's:
 * started by a schedule, a few things a pass. It returns normally whatever it finds, since the next pass is given what
 * the last one returned.
 */
@WorkflowInterface
public interface Sweep {
    @WorkflowMethod
    SweepReport run(SweepPlan plan);

    /**
     * What may be removed.
     *
     * @param quarantine since its owner's end, before a node is removed
     * @param most nodes a pass
     */
    record SweepPlan(ClusterFile file, Duration quarantine, int most) {
        /** An hour, and two a pass: a person has time to see what happens, and to pause the schedule. */
        public static SweepPlan of(ClusterFile file) {
            return new SweepPlan(file, Duration.ofHours(1), 2);
        }
    }

    /**
     * What was found.
     *
     * @param emptyTags tags that were seen empty now and stay until the next pass sees them so, too
     * @param told runs that hang, of which people were told, and on which day
     */
    record SweepReport(Instant at, List<Leak> leaks, List<String> emptyTags, Map<String, LocalDate> told) {
        public SweepReport {
            leaks = List.copyOf(leaks);
            emptyTags = List.copyOf(emptyTags);
            // A pass of an older worker hands on none.
            told = told == null ? Map.of() : Map.copyOf(told);
        }
    }
}
