package dev.sluice.starter.audit;

import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodePlan;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.RetirePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which promises one run kept.
 *
 * @param run as printed lines name it
 */
public record Audit(String run, List<Promise> promises) {
    public Audit {
        promises = List.copyOf(promises);
    }

    public static Audit ofChange(String run, Story story, Optional<ChangeReport> report) {
        return new Audit(run, new ChangePromises(story, report).all());
    }

    /** The newer run is one that dealt with the same node after this one: what this one left is not to be seen any more. */
    public static Audit ofNode(
            String run, Story story, Optional<NodeReport> report, World world, Optional<String> newerRun) {
        return story.type().equals("RetireNode")
                ? ofRetire(run, story, report, world, newerRun)
                : ofDeploy(run, story, report, world, newerRun);
    }

    private static Audit ofDeploy(
            String run, Story story, Optional<NodeReport> report, World world, Optional<String> newerRun) {
        NodePlan plan = story.plan(NodePlan.class);
        NodeRef ref = owned(story, plan.ref());
        NodeDeeds deeds = new NodeDeeds(story, ref, report);
        List<Promise> promises =
                new ArrayList<>(new NodePromises(deeds, ref, plan.file()).ofDeploy(plan.approveAfterGate()));
        WorldPromises now = new WorldPromises(world, ref, deeds.address());
        promises.add(newerRun.map(Audit::takenOver)
                .orElseGet(() -> now.ofDeploy(report, plan.keepFailed().isPresent())));
        return new Audit(run, promises);
    }

    private static Audit ofRetire(
            String run, Story story, Optional<NodeReport> report, World world, Optional<String> newerRun) {
        RetirePlan plan = story.plan(RetirePlan.class);
        NodeDeeds deeds = new NodeDeeds(story, plan.ref(), report);
        List<Promise> promises =
                new ArrayList<>(new NodePromises(deeds, plan.ref(), plan.file()).ofRetire(wasSeen(story, plan.ref())));
        WorldPromises now = new WorldPromises(world, plan.ref(), deeds.address());
        promises.add(newerRun.map(Audit::takenOver).orElseGet(() -> now.ofRetire(report)));
        return new Audit(run, promises);
    }

    private static Promise takenOver(String newer) {
        return Promise.doesNotApply(WorldPromises.DONE, "a later run dealt with the node: " + newer);
    }

    /** A deploy's machine carries the run that asked for it as its tag; the plan was made before that was known. */
    private static NodeRef owned(Story story, NodeRef planned) {
        return story.deeds("Cloud.CreateDroplet").stream()
                .map(deed -> deed.order(CloudActivities.CloneOrder.class).node())
                .findFirst()
                .orElse(planned);
    }

    private static boolean wasSeen(Story story, NodeRef ref) {
        return story.deeds("Cloud.ListNodes").stream()
                .filter(deed -> deed.done().isPresent())
                .limit(1)
                .flatMap(deed -> List.of(deed.answer(NodeStatus[].class)).stream())
                .anyMatch(status ->
                        status.ref().name().equals(ref.name()) && status.node().isPresent());
    }

    /** The cluster that a node's run was about. */
    public static ClusterFile file(Story story) {
        return switch (story.type()) {
            case "ChangeRole" ->
                story.plan(dev.sluice.workflows.model.ChangePlan.class).file();
            case "RetireNode" -> story.plan(RetirePlan.class).file();
            default -> story.plan(NodePlan.class).file();
        };
    }

    public boolean broken() {
        return promises.stream().anyMatch(promise -> promise.state() == Promise.State.BROKEN);
    }

    /** Whether something that it takes to know could not be read. */
    public boolean unknown() {
        return promises.stream().anyMatch(promise -> promise.state() == Promise.State.UNKNOWN);
    }
}
