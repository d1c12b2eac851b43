package dev.sluice.starter.audit;

import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of the audit of one run.
 *
 * @param run its name in printed lines
 */
record RunAudit(String run, List<AuditCheck> promises) {
    public RunAudit {
        promises = List.copyOf(promises);
    }

    public static RunAudit ofChange(String run, RunHistory history, Optional<ChangeReport> report) {
        return new RunAudit(run, new ChangeAuditChecks(history, report).all());
    }

    /** Audits the run of a node. After a newer run of the same node the current state proves nothing about this one. */
    public static RunAudit ofNode(
            String run,
            RunHistory history,
            Optional<NodeReport> report,
            ClusterSnapshot cluster,
            Optional<String> newerRun) {
        return history.type().equals("RetireNode")
                ? ofRetire(run, history, report, cluster, newerRun)
                : ofDeploy(run, history, report, cluster, newerRun);
    }

    private static RunAudit ofDeploy(
            String run,
            RunHistory history,
            Optional<NodeReport> report,
            ClusterSnapshot cluster,
            Optional<String> newerRun) {
        NodePlan plan = history.plan(NodePlan.class);
        NodeRef ref = owned(history, plan.ref());
        NodeActivityCalls calls = new NodeActivityCalls(history, ref, report);
        List<AuditCheck> promises = new ArrayList<>(new NodeAuditChecks(calls, ref, plan.file())
                .checkDeploy(plan.approval().isPresent()));
        ClusterAuditChecks now = new ClusterAuditChecks(cluster, ref, calls.address());
        promises.add(newerRun.map(RunAudit::takenOver)
                .orElseGet(() -> now.checkDeploy(report, plan.keepFailed().isPresent())));
        return new RunAudit(run, promises);
    }

    private static RunAudit ofRetire(
            String run,
            RunHistory history,
            Optional<NodeReport> report,
            ClusterSnapshot cluster,
            Optional<String> newerRun) {
        RetirePlan plan = history.plan(RetirePlan.class);
        NodeActivityCalls calls = new NodeActivityCalls(history, plan.ref(), report);
        List<AuditCheck> promises = new ArrayList<>(
                new NodeAuditChecks(calls, plan.ref(), plan.file()).checkRetire(wasSeen(history, plan.ref())));
        ClusterAuditChecks now = new ClusterAuditChecks(cluster, plan.ref(), calls.address());
        promises.add(newerRun.map(RunAudit::takenOver).orElseGet(() -> now.checkRetire(report)));
        return new RunAudit(run, promises);
    }

    private static AuditCheck takenOver(String newer) {
        return AuditCheck.doesNotApply(ClusterAuditChecks.DONE, "a later run changed the node: " + newer);
    }

    /** Returns the reference with the run tag, which the plan lacks because it was made before the run. */
    private static NodeRef owned(RunHistory history, NodeRef planned) {
        return history.calls("Cloud.CreateDroplet").stream()
                .map(call -> call.readArgument(CloudActivities.CloneOrder.class).node())
                .findFirst()
                .orElse(planned);
    }

    private static boolean wasSeen(RunHistory history, NodeRef ref) {
        return history.calls("Cloud.ListNodes").stream()
                .filter(call -> call.done().isPresent())
                .limit(1)
                .flatMap(call -> List.of(call.readResult(NodeStatus[].class)).stream())
                .anyMatch(status ->
                        status.ref().name().equals(ref.name()) && status.node().isPresent());
    }

    /** Returns the cluster file in the run's plan. */
    public static ClusterFile file(RunHistory history) {
        return switch (history.type()) {
            case "ChangeRole" -> history.plan(ChangePlan.class).file();
            case "RetireNode" -> history.plan(RetirePlan.class).file();
            default -> history.plan(NodePlan.class).file();
        };
    }

    public boolean hasBroken() {
        return promises.stream().anyMatch(promise -> promise.state() == AuditCheck.CheckState.BROKEN);
    }

    /** Returns whether a check could not be decided. */
    public boolean hasUnknown() {
        return promises.stream().anyMatch(promise -> promise.state() == AuditCheck.CheckState.UNKNOWN);
    }
}
