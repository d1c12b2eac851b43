package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/**
 * Finds what carries Sluice's tags without a living owner, and removes it if asked to. A node that is ready or in
 * service is never a leak.
 */
@WorkflowInterface
public interface FindLeaks {
    @WorkflowMethod
    LeakReport run(LeakPlan plan);

    /** Whether to remove, and whether also what an owner left that Temporal does not know. */
    record LeakPlan(ClusterFile file, boolean fix, boolean unknownOwner, String by, String reason) {}

    /** All that was found. */
    record LeakReport(List<Leak> leaks) {
        public LeakReport {
            leaks = List.copyOf(leaks);
        }
    }

    /**
     * One thing without an owner, and what became of it.
     *
     * @param forPerson whether it is named only: no tag says whose it is, so nothing of ours removes it
     */
    record Leak(String what, String why, boolean removed, String says, boolean forPerson) {
        public static Leak kept(String what, String why, String says) {
            return new Leak(what, why, false, says, false);
        }

        public static Leak removed(String what, String why, String says) {
            return new Leak(what, why, true, says, false);
        }

        public static Leak forPerson(String what, String why, String says) {
            return new Leak(what, why, false, says, true);
        }
    }
}
