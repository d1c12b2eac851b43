package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Step;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The machine under a node: how it comes, and how it goes again without leaving anything. */
final class Machine {
    private final NodeRef ref;
    private final Patience patience;
    private final Undo undo;
    private Optional<Node> node = Optional.empty();
    private Optional<DropletId> droplet = Optional.empty();
    /** The cloud refused the first request for it, so that none can show up late. */
    private boolean nothingMade;

    private Evidence evidence = Evidence.NONE;

    Machine(NodeRef ref, Patience patience, Undo undo) {
        this.ref = ref;
        this.patience = patience;
        this.undo = undo;
    }

    NodeRef ref() {
        return ref;
    }

    Optional<Node> node() {
        return node;
    }

    Evidence evidence() {
        return evidence;
    }

    /** Creates the machine by that request and waits until it runs; taken back by what {@code destroy} says. */
    Node create(Supplier<DropletId> request, CloneOrder order, Supplier<String> takeBack) {
        undo.with(Step.CLONE, "the droplet of %s".formatted(ref.name()), takeBack);
        DropletId asked = asked(request);
        droplet = Optional.of(asked);
        Node made = Reach.cloud(patience.lengthy(), "wait for droplet %s of %s".formatted(asked, ref.name()))
                .awaitDroplet(order, asked);
        node = Optional.of(made);
        return made;
    }

    private DropletId asked(Supplier<DropletId> request) {
        try {
            return request.get();
        } catch (ActivityFailure failure) {
            nothingMade = Failures.in(failure)
                    .filter(typed -> typed.getDetails().getSize() > 0)
                    .isPresent();
            throw failure;
        }
    }

    void mark(NodeState state) {
        Reach.cloud(patience.brief(), "%s is %s".formatted(ref.name(), state.word()))
                .markNode(ref, state, null);
    }

    /** No new proxy takes it in from here on. A machine that is gone already needs no mark. */
    void markLeaving() {
        try {
            mark(NodeState.LEAVING);
        } catch (TemporalFailure failure) {
            if (isThere()) {
                throw failure;
            }
        }
    }

    private boolean isThere() {
        return Reach.cloud(patience.takeBack(), "whether %s is there".formatted(ref.name()))
                .listNodes(ref.cluster(), false)
                .stream()
                .anyMatch(status -> status.ref().name().equals(ref.name()));
    }

    /** The last words of a machine that is about to go; best effort. */
    void keepEvidence() {
        node.ifPresent(this::keepEvidence);
    }

    private void keepEvidence(Node known) {
        try {
            evidence = Reach.node(patience.evidence(), "last words of %s".formatted(ref.name()))
                    .collectEvidence(known);
        } catch (TemporalFailure failure) {
            evidence = new Evidence(List.of(new Evidence.Piece(
                    "evidence", "Nothing could be read: " + Reason.of(failure).sentence())));
        }
    }

    /** Destroys it if all that depends on it is confirmed to be gone; otherwise cuts its power and keeps its address. */
    String destroyOrQuarantine() {
        if (!undo.confirmed()) {
            return quarantine();
        }
        try {
            return destroy();
        } catch (TemporalFailure failure) {
            String why = Reason.of(failure).sentence();
            undo.leaves("%s could not be destroyed (%s)".formatted(named(), why));
            powerOff();
            return why;
        }
    }

    private String destroy() {
        Instant began = Progress.now();
        List<DropletId> gone = destroyNow("take back: clone");
        if (droplet.isPresent()) {
            return "droplet %s destroyed, gone after %s"
                    .formatted(droplet.get(), Words.measured(began, Progress.now()));
        }
        if (nothingMade) {
            return "no droplet was made";
        }
        Wait.pause(patience.lateCreate(), "a create without an answer may still take effect");
        List<DropletId> late = destroyNow("take back: clone, once more");
        return gone.isEmpty() && late.isEmpty() ? "no droplet was made" : "%s destroyed".formatted(named());
    }

    private List<DropletId> destroyNow(String summary) {
        return Reach.cloud(patience.takeBack(), summary).destroyDroplet(ref);
    }

    private String quarantine() {
        boolean off = powerOff();
        undo.leaves("%s is kept in quarantine, %s, since its address may still be in use"
                .formatted(named(), off ? "powered off" : "but its power could not be cut"));
        return "%s kept in quarantine".formatted(named());
    }

    private boolean powerOff() {
        try {
            Reach.cloud(patience.takeBack(), "take back: cut the power of %s".formatted(ref.name()))
                    .quarantineNode(ref);
            return true;
        } catch (TemporalFailure failure) {
            return false;
        }
    }

    /** Droplet and name, as the operator finds it at DigitalOcean. */
    String named() {
        return droplet.map(id -> "droplet %s (%s)".formatted(id, ref.name()))
                .orElse("the droplet of %s".formatted(ref.name()));
    }
}
