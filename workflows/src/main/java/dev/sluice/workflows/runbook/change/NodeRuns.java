package dev.sluice.workflows.runbook.change;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.DeployNode.GateDecision;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.RunOptions;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.run.EndReason;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs one child run for each node of a change, in parallel. Each succeeds or fails independently. */
final class NodeRuns {
    private final ChangePlan plan;
    private final Map<NodeName, NodeReport> cancelledReports;
    private final Map<NodeName, Promise<NodeReport>> running = new LinkedHashMap<>();
    private final Map<NodeName, DeployNode> deploying = new LinkedHashMap<>();
    private final Map<NodeName, NodeReport> ended = new LinkedHashMap<>();
    private String cancelled = EndReason.CANCELLED;

    /** {@code cancelledReports} receives the reports of cancelled nodes, before or after their runs end. */
    NodeRuns(ChangePlan plan, Map<NodeName, NodeReport> cancelledReports) {
        this.plan = plan;
        this.cancelledReports = cancelledReports;
    }

    void deploy(NodePlan node) {
        DeployNode child = Workflow.newChildWorkflowStub(DeployNode.class, options(node.ref(), "into"));
        deploying.put(node.ref().name(), child);
        follow(node.ref().name(), Async.function(child::run, node));
    }

    void retire(RetirePlan node) {
        RetireNode child = Workflow.newChildWorkflowStub(RetireNode.class, options(node.ref(), "out of"));
        follow(node.ref().name(), Async.function(child::run, node));
    }

    private void follow(NodeName name, Promise<NodeReport> promise) {
        running.put(name, promise.handle((report, failure) -> {
            NodeReport end = failure == null ? report : reportOf(name, failure);
            ended.put(name, end);
            return end;
        }));
    }

    /** Whether every node has ended or fulfils the condition. */
    boolean allEndedOr(Predicate<NodeName> condition) {
        return running.keySet().stream().allMatch(name -> ended.containsKey(name) || condition.test(name));
    }

    List<NodeName> stillRunning() {
        return running.keySet().stream()
                .filter(name -> !ended.containsKey(name))
                .toList();
    }

    boolean haveAllEnded() {
        return ended.keySet().containsAll(running.keySet());
    }

    /** Signals a decision to a node; a node whose run has just ended does not need it. */
    void decide(NodeName name, GateDecision decision) {
        try {
            Optional.ofNullable(deploying.get(name)).ifPresent(child -> child.decide(WorkflowInput.of(decision)));
        } catch (ApplicationFailure gone) {
            // SDK 1.38 throws this, not SignalExternalWorkflowException. Its report tells how the run ended.
            deploying.remove(name);
        }
    }

    /** Waits for all nodes, also when the change was cancelled: its nodes roll back then. */
    List<NodeReport> await() {
        running.values().forEach(Promise::get);
        cancelled = EndReason.cancelSentence();
        return reports();
    }

    List<NodeReport> reports() {
        return running.keySet().stream()
                .map(name -> ended.containsKey(name)
                        ? withCancelReason(lastReport(name))
                        : reportOf(name, RunOutcome.RUNNING, Optional.empty(), ""))
                .toList();
    }

    /** Only a cancelled run ends without a report of its own; for any other end the signal is not asked. */
    private NodeReport lastReport(NodeName name) {
        NodeReport own = requireNonNull(ended.get(name));
        return cancelled(own) ? cancelledReports.getOrDefault(name, own) : own;
    }

    private static boolean cancelled(NodeReport report) {
        return report.outcome() == RunOutcome.RESTORED && report.steps().isEmpty();
    }

    /** Adds the reason of a cancellation, which the change receives and its nodes do not. */
    private NodeReport withCancelReason(NodeReport report) {
        String silent = EndReason.CANCELLED + ".";
        if (!report.sentence().endsWith(silent)) {
            return report;
        }
        int half = report.sentence().length() - silent.length();
        return new NodeReport(
                report.name(),
                report.outcome(),
                report.failure(),
                report.steps(),
                report.node(),
                report.verdict(),
                report.evidence(),
                report.leftBehind(),
                report.sentence().substring(0, half) + cancelled + ".");
    }

    private NodeReport reportOf(NodeName name, RuntimeException failure) {
        return TypedFailures.findTyped(failure)
                .flatMap(NodeRuns::carried)
                .orElseGet(() -> withoutReport(name, EndReason.of(failure)));
    }

    private NodeReport withoutReport(NodeName name, EndReason reason) {
        if (reason.isCancelled()) {
            return reportOf(
                    name,
                    RunOutcome.RESTORED,
                    Optional.empty(),
                    NodeReport.restored(
                            name, plan.kind() == ChangeKind.DEPLOY ? "deployed" : "retired", reason.sentence()));
        }
        return reportOf(
                name,
                RunOutcome.NOT_RESTORED,
                Optional.of(FailureType.NOT_UNDONE),
                List.of("all resources of %s, since its run ended without a report".formatted(name)),
                "%s: its run ended without a report: %s".formatted(name, reason.sentence()));
    }

    private static Optional<NodeReport> carried(ApplicationFailure failure) {
        return failure.getDetails().getSize() == 0
                ? Optional.empty()
                : Optional.ofNullable(failure.getDetails().get(NodeReport.class));
    }

    private static NodeReport reportOf(
            NodeName name, RunOutcome outcome, Optional<FailureType> failure, String sentence) {
        return reportOf(name, outcome, failure, List.of(), sentence);
    }

    private static NodeReport reportOf(
            NodeName name,
            RunOutcome outcome,
            Optional<FailureType> failure,
            List<String> leftBehind,
            String sentence) {
        return new NodeReport(
                name,
                outcome,
                failure,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NodeEvidence.NONE,
                leftBehind,
                sentence);
    }

    private ChildWorkflowOptions options(NodeRef ref, String way) {
        return RunOptions.child(WorkflowIds.node(ref.cluster(), ref.name()))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setStaticSummary("%s %s %s / %s, by %s: %s"
                        .formatted(ref.name(), way, ref.cluster(), ref.role(), plan.by(), plan.reason()))
                .setStaticDetails("Part of %s".formatted(WorkflowIds.change(ref.cluster(), ref.role())))
                .setTypedSearchAttributes(SluiceAttributes.of(ref).build())
                .build();
    }
}
