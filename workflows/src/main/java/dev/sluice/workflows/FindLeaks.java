package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/**
 * Finds orphaned resources, which Sluice tagged and no running workflow owns, and removes them on request. A node that
 * is ready or in service is never orphaned.
 */
@WorkflowInterface
public interface FindLeaks {
    @WorkflowMethod
    LeakReport run(LeakPlan plan);

    /** Whether orphaned resources are removed, and also those whose owner Temporal does not know. */
    record LeakPlan(ClusterFile file, boolean fix, boolean unknownOwner, String by, String reason) {}

    /** All findings. */
    record LeakReport(List<Leak> leaks) {
        public LeakReport {
            leaks = List.copyOf(leaks);
        }
    }

    /**
     * One orphaned resource or dangling reference, and whether it was removed.
     *
     * @param forPerson whether it is named only: no tag shows its owner, so that Sluice never removes it
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
