package dev.sluice.starter.audit;

import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which promises one run kept.
 *
 * @param run as printed lines name it
 */
record RunAudit(String run, List<AuditCheck> promises) {
    public RunAudit {
        promises = List.copyOf(promises);
    }

    public static RunAudit ofChange(String run, RunHistory story, Optional<ChangeReport> report) {
        return new RunAudit(run, new ChangeAuditChecks(story, report).all());
    }

    /** The newer run is one that dealt with the same node after this one: what this one left is not to be seen any more. */
    public static RunAudit ofNode(
            String run,
            RunHistory story,
            Optional<NodeReport> report,
            ClusterSnapshot world,
            Optional<String> newerRun) {
        return story.type().equals("RetireNode")
                ? ofRetire(run, story, report, world, newerRun)
                : ofDeploy(run, story, report, world, newerRun);
    }

    private static RunAudit ofDeploy(
            String run,
            RunHistory story,
            Optional<NodeReport> report,
            ClusterSnapshot world,
            Optional<String> newerRun) {
        NodePlan plan = story.plan(NodePlan.class);
        NodeRef ref = owned(story, plan.ref());
        NodeActivityCalls deeds = new NodeActivityCalls(story, ref, report);
        List<AuditCheck> promises =
                new ArrayList<>(new NodeAuditChecks(deeds, ref, plan.file()).checkDeploy(plan.approveAfterGate()));
        ClusterAuditChecks now = new ClusterAuditChecks(world, ref, deeds.address());
        promises.add(newerRun.map(RunAudit::takenOver)
                .orElseGet(() -> now.checkDeploy(report, plan.keepFailed().isPresent())));
        return new RunAudit(run, promises);
    }

    private static RunAudit ofRetire(
            String run,
            RunHistory story,
            Optional<NodeReport> report,
            ClusterSnapshot world,
            Optional<String> newerRun) {
        RetirePlan plan = story.plan(RetirePlan.class);
        NodeActivityCalls deeds = new NodeActivityCalls(story, plan.ref(), report);
        List<AuditCheck> promises = new ArrayList<>(
                new NodeAuditChecks(deeds, plan.ref(), plan.file()).checkRetire(wasSeen(story, plan.ref())));
        ClusterAuditChecks now = new ClusterAuditChecks(world, plan.ref(), deeds.address());
        promises.add(newerRun.map(RunAudit::takenOver).orElseGet(() -> now.checkRetire(report)));
        return new RunAudit(run, promises);
    }

    private static AuditCheck takenOver(String newer) {
        return AuditCheck.doesNotApply(ClusterAuditChecks.DONE, "a later run dealt with the node: " + newer);
    }

    /** A deploy's machine carries the run that asked for it as its tag; the plan was made before that was known. */
    private static NodeRef owned(RunHistory story, NodeRef planned) {
        return story.calls("Cloud.CreateDroplet").stream()
                .map(deed -> deed.readArgument(CloudActivities.CloneOrder.class).node())
                .findFirst()
                .orElse(planned);
    }

    private static boolean wasSeen(RunHistory story, NodeRef ref) {
        return story.calls("Cloud.ListNodes").stream()
                .filter(deed -> deed.done().isPresent())
                .limit(1)
                .flatMap(deed -> List.of(deed.readResult(NodeStatus[].class)).stream())
                .anyMatch(status ->
                        status.ref().name().equals(ref.name()) && status.node().isPresent());
    }

    /** The cluster that a node's run was about. */
    public static ClusterFile file(RunHistory story) {
        return switch (story.type()) {
            case "ChangeRole" ->
                story.plan(dev.sluice.workflows.model.plan.ChangePlan.class).file();
            case "RetireNode" -> story.plan(RetirePlan.class).file();
            default -> story.plan(NodePlan.class).file();
        };
    }

    public boolean hasBroken() {
        return promises.stream().anyMatch(promise -> promise.state() == AuditCheck.CheckState.BROKEN);
    }

    /** Whether something that it takes to know could not be read. */
    public boolean hasUnknown() {
        return promises.stream().anyMatch(promise -> promise.state() == AuditCheck.CheckState.UNKNOWN);
    }
}
