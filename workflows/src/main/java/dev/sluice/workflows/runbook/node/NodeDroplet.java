package dev.sluice.workflows.runbook.node;

import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.TextFormat;
import dev.sluice.workflows.runbook.run.Timers;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Creates a node's droplet, and destroys it or keeps it in quarantine. */
public final class NodeDroplet {
    private static final Set<NodeState> SERVES = Set.of(NodeState.READY, NodeState.IN_SERVICE);
    private static final Set<NodeState> MAY_SERVE = Set.of(NodeState.READY, NodeState.IN_SERVICE, NodeState.LEAVING);

    private final NodeRef ref;
    private final Patience patience;
    private final Undo undo;
    private Optional<Node> node = Optional.empty();
    private Optional<DropletId> droplet = Optional.empty();
    /** The last state that this run gave the node, or tried to. */
    private NodeState marked = NodeState.DEPLOYING;

    /** The cloud refused the first create, so that no droplet can appear late. */
    private boolean nothingMade;

    /** The guard refused to take the node out of traffic. */
    private boolean staysInService;

    private NodeEvidence evidence = NodeEvidence.NONE;

    public NodeDroplet(NodeRef ref, Patience patience, Undo undo) {
        this.ref = ref;
        this.patience = patience;
        this.undo = undo;
    }

    /** Identifies the calling run as the maker of a node: by its first execution's ID, which a reset keeps. */
    public static NodeRef claimForThisRun(NodeRef asked) {
        return new NodeRef(
                asked.cluster(), asked.role(), asked.name(), Workflow.getInfo().getFirstExecutionRunId());
    }

    /**
     * Fails with CLOUD_REFUSED if the node may take traffic while DigitalOcean does not show its address: it leaves by that
     * address, and is not destroyed without a leave.
     */
    public static void requireAddress(NodeStatus status) {
        Optional<NodeState> serving = status.state().filter(MAY_SERVE::contains);
        if (status.node().isPresent() || serving.isEmpty()) {
            return;
        }
        throw TypedFailures.of(
                FailureType.CLOUD_REFUSED,
                "%s is %s, but DigitalOcean shows no address of it, by which it leaves. Retry once the address is shown."
                        .formatted(status.ref().name(), serving.get().word()));
    }

    public NodeRef ref() {
        return ref;
    }

    public Optional<Node> node() {
        return node;
    }

    public NodeEvidence evidence() {
        return evidence;
    }

    /** Creates the droplet by that request and waits until it runs; {@code rollback} rolls it back. */
    public Node create(Supplier<DropletId> request, CloneOrder order, Supplier<String> rollback) {
        undo.add(Step.CLONE, "the droplet of %s".formatted(ref.name()), rollback);
        DropletId asked = requestDroplet(request);
        droplet = Optional.of(asked);
        Node made = ActivityStubs.cloud(
                        patience.longRunning(), "wait for droplet %s of %s".formatted(asked, ref.name()))
                .awaitDroplet(order, asked);
        node = Optional.of(made);
        return made;
    }

    private DropletId requestDroplet(Supplier<DropletId> request) {
        try {
            return request.get();
        } catch (ActivityFailure failure) {
            nothingMade = TypedFailures.findTyped(failure)
                    .filter(typed -> typed.getDetails().getSize() > 0)
                    .isPresent();
            throw failure;
        }
    }

    public void mark(NodeState state) {
        marked = state;
        ActivityStubs.cloud(patience.shortCall(), "%s is %s".formatted(ref.name(), state.word()))
                .markNode(ref, state, null);
    }

    /** A droplet that is ready or in service is never destroyed: the mark states the intention first. */
    private void markOutOfService() {
        if (SERVES.contains(marked)) {
            markLeaving();
        }
    }

    /** Marks the node leaving, so that no new proxy adopts it. A droplet that no longer exists needs no mark. */
    public void markLeaving() {
        try {
            mark(NodeState.LEAVING);
        } catch (TemporalFailure failure) {
            if (exists()) {
                throw failure;
            }
        }
    }

    /** If the guard refused to take the node out of traffic, it stays, marked in service again. */
    public void stayInServiceIfGuarded(TemporalFailure refusal, NodeState from) {
        if (EndReason.of(refusal).type().equals(Optional.of(FailureType.GUARD_REFUSED))) {
            staysInService = true;
            ActivityStubs.cloud(patience.rollback(), "%s stays in service".formatted(ref.name()))
                    .markNode(ref, NodeState.IN_SERVICE, from);
        }
    }

    public boolean staysInService() {
        return staysInService;
    }

    private boolean exists() {
        return ActivityStubs.listNodes(patience.rollback(), "whether %s exists".formatted(ref.name()), ref.cluster())
                .stream()
                .anyMatch(status -> status.ref().name().equals(ref.name()));
    }

    /** Collects evidence from a droplet that is about to be destroyed; best effort. */
    public void keepEvidence() {
        node.ifPresent(this::keepEvidence);
    }

    private void keepEvidence(Node known) {
        try {
            evidence = ActivityStubs.node(patience.evidence(), "evidence of %s".formatted(ref.name()))
                    .collectEvidence(known);
        } catch (TemporalFailure failure) {
            evidence = new NodeEvidence(List.of(new NodeEvidence.EvidencePiece(
                    "evidence",
                    "Nothing could be read: " + EndReason.of(failure).sentence())));
        }
    }

    /** Destroys the droplet if its removal from traffic is confirmed; otherwise powers it off and keeps its address. */
    public String destroyOrQuarantine() {
        if (staysInService) {
            undo.addLeftBehind("%s, which stays in service".formatted(description()));
            return "%s stays in service".formatted(description());
        }
        if (!undo.isConfirmed()) {
            return quarantine();
        }
        try {
            return destroy();
        } catch (TemporalFailure failure) {
            if (EndReason.of(failure).isRepeatedRun()) {
                throw failure;
            }
            String why = EndReason.of(failure).sentence();
            undo.addLeftBehind("%s could not be destroyed (%s)".formatted(description(), why));
            powerOff();
            return why;
        }
    }

    private String destroy() {
        Instant began = StepProgress.now();
        markOutOfService();
        List<DropletId> gone = destroyNow("roll back: clone");
        if (droplet.isPresent()) {
            return "droplet %s destroyed, gone after %s"
                    .formatted(droplet.get(), TextFormat.formatElapsed(began, StepProgress.now()));
        }
        if (nothingMade) {
            return "no droplet was made";
        }
        Timers.sleep(patience.lateCreate(), "a create without a response may still take effect");
        List<DropletId> late = destroyNow("roll back: clone, once more");
        return gone.isEmpty() && late.isEmpty() ? "no droplet was made" : "%s destroyed".formatted(description());
    }

    private List<DropletId> destroyNow(String summary) {
        return ActivityStubs.cloud(patience.rollback(), summary).destroyDroplet(ref, null);
    }

    private String quarantine() {
        boolean off = powerOff();
        undo.addLeftBehind("%s is kept in quarantine, %s, since its address may still be in use"
                .formatted(description(), off ? "powered off" : "but it could not be powered off"));
        return "%s kept in quarantine".formatted(description());
    }

    private boolean powerOff() {
        try {
            markOutOfService();
            ActivityStubs.cloud(patience.rollback(), "roll back: power %s off".formatted(ref.name()))
                    .quarantineNode(ref);
            return true;
        } catch (TemporalFailure failure) {
            return false;
        }
    }

    /** Returns droplet and name, as DigitalOcean shows them. */
    public String description() {
        return droplet.map(id -> "droplet %s (%s)".formatted(id, ref.name()))
                .orElse("the droplet of %s".formatted(ref.name()));
    }
}
