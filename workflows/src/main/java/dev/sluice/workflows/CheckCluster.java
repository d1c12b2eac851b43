package dev.sluice.workflows;

import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;

/**
 * Checks a cluster that serves: each node, each proxy, each published address, and each member through each proxy. Short. A
 * run of the schedule ejects a member that was ill in several checks in a row, and tells what it found.
 */
@WorkflowInterface
public interface CheckCluster {
    @WorkflowMethod
    CheckReport run(CheckPlan plan);

    /**
     * What is checked.
     *
     * @param nodes only these; empty for all
     * @param act whether the run ejects and tells; a run that an operator started only looks
     */
    record CheckPlan(ClusterFile file, List<NodeName> nodes, boolean act) {
        public CheckPlan {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * What was found, the worst first. The schedule's next run receives it.
     *
     * @param nodes how many nodes were checked
     * @param told findings that people were told
     * @param done what the run did about them
     * @param notes what it did not do, and why
     */
    record CheckReport(
            Instant at,
            int nodes,
            List<CheckFinding> found,
            List<ToldFinding> told,
            List<String> done,
            List<String> notes) {
        public CheckReport {
            found = List.copyOf(found);
            told = List.copyOf(told);
            done = List.copyOf(done);
            notes = List.copyOf(notes);
        }

        /** Findings for the exit code: without warnings. */
        public List<CheckFinding> serious() {
            return found.stream().filter(CheckFinding::countsAsFailure).toList();
        }
    }

    /**
     * A finding that people were told.
     *
     * @param key of the finding
     * @param at when they were told last
     * @param absent checks in a row that did not find it
     */
    record ToldFinding(String key, String says, Instant at, int absent) {}
}
