package dev.sluice.workflows.runbook.node;

import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The machine under a node: how it comes, and how it goes again without leaving anything. */
public final class DropletLifecycle {
    private final NodeRef ref;
    private final Patience patience;
    private final Undo undo;
    private Optional<Node> node = Optional.empty();
    private Optional<DropletId> droplet = Optional.empty();
    /** The cloud refused the first request for it, so that none can show up late. */
    private boolean nothingMade;

    private NodeEvidence evidence = NodeEvidence.NONE;

    public DropletLifecycle(NodeRef ref, Patience patience, Undo undo) {
        this.ref = ref;
        this.patience = patience;
        this.undo = undo;
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

    /** Creates the machine by that request and waits until it runs; taken back by what {@code destroy} says. */
    public Node create(Supplier<DropletId> request, CloneOrder order, Supplier<String> takeBack) {
        undo.add(Step.CLONE, "the droplet of %s".formatted(ref.name()), takeBack);
        DropletId asked = requestDroplet(request);
        droplet = Optional.of(asked);
        Node made = ActivityStubs.cloud(patience.lengthy(), "wait for droplet %s of %s".formatted(asked, ref.name()))
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
        ActivityStubs.cloud(patience.brief(), "%s is %s".formatted(ref.name(), state.word()))
                .markNode(ref, state, null);
    }

    /** No new proxy takes it in from here on. A machine that is gone already needs no mark. */
    public void markLeaving() {
        try {
            mark(NodeState.LEAVING);
        } catch (TemporalFailure failure) {
            if (exists()) {
                throw failure;
            }
        }
    }

    private boolean exists() {
        return ActivityStubs.cloud(patience.takeBack(), "whether %s is there".formatted(ref.name()))
                .listNodes(ref.cluster(), false)
                .stream()
                .anyMatch(status -> status.ref().name().equals(ref.name()));
    }

    /** The last words of a machine that is about to go; best effort. */
    public void keepEvidence() {
        node.ifPresent(this::keepEvidence);
    }

    private void keepEvidence(Node known) {
        try {
            evidence = ActivityStubs.node(patience.evidence(), "last words of %s".formatted(ref.name()))
                    .collectEvidence(known);
        } catch (TemporalFailure failure) {
            evidence = new NodeEvidence(List.of(new NodeEvidence.EvidencePiece(
                    "evidence",
                    "Nothing could be read: " + EndReason.of(failure).sentence())));
        }
    }

    /** Destroys it if all that depends on it is confirmed to be gone; otherwise cuts its power and keeps its address. */
    public String destroyOrQuarantine() {
        if (!undo.isConfirmed()) {
            return quarantine();
        }
        try {
            return destroy();
        } catch (TemporalFailure failure) {
            String why = EndReason.of(failure).sentence();
            undo.addLeftBehind("%s could not be destroyed (%s)".formatted(description(), why));
            powerOff();
            return why;
        }
    }

    private String destroy() {
        Instant began = StepProgress.now();
        List<DropletId> gone = destroyNow("take back: clone");
        if (droplet.isPresent()) {
            return "droplet %s destroyed, gone after %s"
                    .formatted(droplet.get(), TextFormat.formatElapsed(began, StepProgress.now()));
        }
        if (nothingMade) {
            return "no droplet was made";
        }
        Timers.sleep(patience.lateCreate(), "a create without an answer may still take effect");
        List<DropletId> late = destroyNow("take back: clone, once more");
        return gone.isEmpty() && late.isEmpty() ? "no droplet was made" : "%s destroyed".formatted(description());
    }

    private List<DropletId> destroyNow(String summary) {
        return ActivityStubs.cloud(patience.takeBack(), summary).destroyDroplet(ref);
    }

    private String quarantine() {
        boolean off = powerOff();
        undo.addLeftBehind("%s is kept in quarantine, %s, since its address may still be in use"
                .formatted(description(), off ? "powered off" : "but its power could not be cut"));
        return "%s kept in quarantine".formatted(description());
    }

    private boolean powerOff() {
        try {
            ActivityStubs.cloud(patience.takeBack(), "take back: cut the power of %s".formatted(ref.name()))
                    .quarantineNode(ref);
            return true;
        } catch (TemporalFailure failure) {
            return false;
        }
    }

    /** Droplet and name, as the operator finds it at DigitalOcean. */
    public String description() {
        return droplet.map(id -> "droplet %s (%s)".formatted(id, ref.name()))
                .orElse("the droplet of %s".formatted(ref.name()));
    }
}
