package dev.sluice.workflows.walk;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.Decision;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Ground;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.walk.Move.Person;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks one plan: starts each move in its time, answers for the people, lets time pass until every run is over. */
final class Walk {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration TOO_LONG = Duration.ofHours(2);
    private static final long LIMIT = Duration.ofSeconds(100).toNanos();

    /** A change that was started. */
    record Change(String id, WorkflowStub run, Move move) {
        ChangeReport report() {
            return run.query("report", ChangeReport.class);
        }
    }

    private final WalkPlan plan;
    private final Bench bench;
    private final Ground ground;
    private final FakeWorld world;
    private final Invariants invariants;
    private final List<Change> changes = new ArrayList<>();
    private final List<WorkflowStub> open = new ArrayList<>();
    private final List<Move.Cancel> cancels = new ArrayList<>();
    private final Set<Change> answered = new HashSet<>();

    Walk(WalkPlan plan, Ground ground, Bench bench) {
        this.plan = plan;
        this.ground = ground;
        this.bench = bench;
        this.world = plan.world(ground).runsAreOpen(bench::isOpen);
        this.invariants = new Invariants(plan, world);
    }

    void go() {
        bench.in(world);
        world.calls.after(invariants::after);
        ground.breaks();
        List<WalkPlan.Timed> ahead = new ArrayList<>(plan.moves());
        long limit = System.nanoTime() + LIMIT;
        while (anyOpen() || !ahead.isEmpty()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("Not over after 100 s: %d runs go on".formatted(open.size()));
            }
            if (!ahead.isEmpty() && (world.calls.count() >= ahead.get(0).after() || open.isEmpty())) {
                begin(ahead.remove(0).move());
            } else {
                cancels.removeIf(this::isCancelled);
                changes.forEach(this::answer);
                bench.passes(STEP);
            }
        }
        invariants.none();
        new Judge(plan, ground, world, bench).judge(changes);
    }

    String told() {
        return "%s%n%s%n%s".formatted(plan, ground, invariants.told());
    }

    /** A change waits for its nodes, so that their runs are over when its own is. */
    private boolean anyOpen() {
        List<WorkflowStub> over =
                open.stream().filter(run -> !bench.goesOn(run)).toList();
        over.stream()
                .map(run -> requireNonNull(run.getExecution()))
                .filter(run -> !bench.history(run).hasNothingOpen())
                .forEach(run ->
                        invariants.violated(run.getWorkflowId() + " ended while an activity of its own went on"));
        open.removeAll(over);
        return !open.isEmpty();
    }

    private void begin(Move move) {
        try {
            if (move instanceof Move.Deploy deploy) {
                change(deploy.role(), Kind.DEPLOY, terms(deploy.person()), deploy.nodes(), deploy);
            } else if (move instanceof Move.Retire retire) {
                change(retire.role(), Kind.RETIRE, Optional.empty(), List.of(retire.node()), retire);
            } else if (move instanceof Move.Eject eject) {
                eject(eject);
            } else if (move instanceof Move.Cancel cancel) {
                cancels.add(cancel);
            } else if (move instanceof Move.Power power) {
                power(power);
            }
        } catch (WorkflowExecutionAlreadyStarted locked) {
            invariants.refused(move);
        }
    }

    private void change(Role role, Kind kind, Optional<ApprovalTerms> terms, List<NodeName> nodes, Move move) {
        ChangePlan asked = Plans.change(
                role,
                kind,
                terms,
                List.of(),
                false,
                nodes.stream().map(NodeName::value).toArray(String[]::new));
        String id = Names.change(Plans.HELLO, role);
        Change change = new Change(id, bench.start(ChangeRole.class, id, asked), move);
        changes.add(change);
        open.add(change.run());
    }

    private Optional<ApprovalTerms> terms(Person person) {
        Instant until = bench.now().plus(Duration.ofHours(1));
        return person == Person.NOBODY ? Optional.empty() : Optional.of(new ApprovalTerms(person.afterGate(), until));
    }

    private void eject(Move.Eject eject) {
        String id = "eject/%s".formatted(eject.node());
        EjectPlan asked = new EjectPlan(Plans.FILE, eject.node(), eject.readmit(), "ana", "looks slow");
        open.add(bench.start(EjectNode.class, id, asked));
    }

    /**
     * The test server loses a run's task now and then if an activity of it ends just as it is cancelled, so that a walk
     * cancels while a change waits for a person; CancelTest does it in every step, on a real server.
     */
    private boolean isCancelled(Move.Cancel cancel) {
        String id = Names.change(Plans.HELLO, cancel.role());
        Optional<Change> waiting = changes.stream()
                .filter(change -> change.id().equals(id) && isAsked(change))
                .filter(change ->
                        nodes(change.move()).stream().allMatch(node -> bench.waits(Names.node(Plans.HELLO, node))))
                .findFirst();
        waiting.ifPresent(change -> {
            answered.add(change);
            change.run().cancel("ana: wrong day");
        });
        return waiting.isPresent();
    }

    private boolean isAsked(Change change) {
        return change.move() instanceof Move.Deploy deploy
                && deploy.person() != Person.NOBODY
                && open.contains(change.run())
                && change.report().waiting().isPresent();
    }

    private static List<NodeName> nodes(Move move) {
        if (move instanceof Move.Deploy deploy) {
            return deploy.nodes();
        }
        return move instanceof Move.Retire retire ? List.of(retire.node()) : List.of();
    }

    private void power(Move.Power power) {
        if (power.on()) {
            world.comesBack(power.proxy().value());
        } else {
            world.turnsOff(power.proxy().value());
        }
    }

    private void answer(Change change) {
        if (!(change.move() instanceof Move.Deploy deploy) || answered.contains(change) || !isAsked(change)) {
            return;
        }
        answered.add(change);
        answer(change, deploy, change.report());
    }

    private void answer(Change change, Move.Deploy deploy, ChangeReport report) {
        String digest = report.planDigest().orElseThrow().value().substring(0, 6);
        switch (deploy.person()) {
            case SAYS_YES_BEFORE, SAYS_YES_AFTER_GATE -> yes(change, deploy, digest);
            case SAYS_NO_BEFORE, SAYS_NO_AFTER_GATE -> decide(change, new Decision(false, digest, "bea", "not today"));
            case MISREADS -> {
                refusedToBea(change, "000000");
                yes(change, deploy, digest);
            }
            case SAYS_NOTHING -> bench.passes(TOO_LONG);
            case SAYS_YES_TOO_LATE -> {
                bench.passes(TOO_LONG);
                refusedToBea(change, digest);
            }
            case NOBODY -> throw new IllegalStateException("nobody was asked");
        }
    }

    private void yes(Change change, Move.Deploy deploy, String digest) {
        invariants.approved(deploy);
        decide(change, new Decision(true, digest, "bea", "looks right"));
    }

    private static void decide(Change change, Decision decision) {
        change.run().update("decide", String.class, decision);
    }

    private void refusedToBea(Change change, String digest) {
        try {
            decide(change, new Decision(true, digest, "bea", "?"));
            invariants.violated("an approval of plan %s was taken".formatted(digest));
        } catch (WorkflowUpdateException | io.temporal.client.WorkflowNotFoundException refused) {
            // Which is right: refused, or nobody is there any more to be asked.
        }
    }
}
