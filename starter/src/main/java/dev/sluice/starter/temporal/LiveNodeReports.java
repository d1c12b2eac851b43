package dev.sluice.starter.temporal;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Completes a change's report with the current reports of its nodes' runs: the change receives them only at their end. */
final class LiveNodeReports {
    private final Function<String, Optional<NodeReport>> query;

    /** @param query returns the report of a workflow by its ID; empty if there is none */
    LiveNodeReports(Function<String, Optional<NodeReport>> query) {
        this.query = query;
    }

    <R> R in(R report) {
        if (report instanceof ChangeReport change && change.outcome() == RunOutcome.RUNNING) {
            @SuppressWarnings("unchecked") // R is ChangeReport
            R completed = (R) with(change, nodes(change));
            return completed;
        }
        return report;
    }

    private List<NodeReport> nodes(ChangeReport change) {
        return change.nodes().stream().map(node -> now(change, node)).toList();
    }

    private NodeReport now(ChangeReport change, NodeReport node) {
        if (node.outcome() != RunOutcome.RUNNING) {
            return node;
        }
        return query.apply(WorkflowIds.node(change.plan().file().name(), node.name()))
                .filter(fresh -> isOf(change, fresh))
                .orElse(node);
    }

    /** A node's ID is reused when the node is retired, so the report can be that of an earlier run. */
    private static boolean isOf(ChangeReport change, NodeReport node) {
        return !node.steps().isEmpty() && !node.steps().get(0).started().isBefore(change.started());
    }

    private static ChangeReport with(ChangeReport change, List<NodeReport> nodes) {
        return new ChangeReport(
                change.plan(),
                change.template(),
                change.planDigest(),
                change.waiting(),
                change.approval(),
                change.membersBefore(),
                change.membersNow(),
                change.outcome(),
                change.failure(),
                change.steps(),
                nodes,
                change.started(),
                change.ended(),
                change.sentence());
    }
}
