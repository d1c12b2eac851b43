package dev.sluice.workflows.walk;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.Decision;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.FakeWorld;
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
    private static final long LIMIT = Duration.ofSeconds(25).toNanos();

    /** A change that was started. */
    record Change(WorkflowStub run, Move move) {
        ChangeReport report() {
            return run.query("report", ChangeReport.class);
        }
    }

    private final WalkPlan plan;
    private final Bench bench;
    private final FakeWorld world;
    private final Invariants invariants;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private final Set<Change> answered = new HashSet<>();

    Walk(WalkPlan plan, Bench bench) {
        this.plan = plan;
        this.bench = bench;
        this.world = plan.world().runsAreOpen(bench::isOpen);
        this.invariants = new Invariants(plan, world);
    }

    void go() {
        bench.in(world);
        world.calls.after(invariants::after);
        List<WalkPlan.Timed> ahead = new ArrayList<>(plan.moves());
        long limit = System.nanoTime() + LIMIT;
        while (!ahead.isEmpty() || anyOpen()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("Not over after 25 s: " + open());
            }
            if (!ahead.isEmpty() && (world.calls.all().size() >= ahead.get(0).after() || !anyOpen())) {
                begin(ahead.remove(0).move());
            } else {
                changes.forEach(this::answer);
                bench.passes(STEP);
            }
        }
        invariants.none();
        new Judge(plan, world, bench).judge(changes);
    }

    String told() {
        return "%s%n%s".formatted(plan, invariants.told());
    }

    private boolean anyOpen() {
        return runs.stream().anyMatch(bench::isOpen);
    }

    private List<String> open() {
        return runs.stream().filter(bench::isOpen).toList();
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
                cancel(Names.change(Plans.HELLO, cancel.role()));
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
        changes.add(new Change(bench.thatRun(bench.start(ChangeRole.class, id, asked)), move));
        runs.add(id);
        nodes.forEach(node -> runs.add(Names.node(Plans.HELLO, node)));
    }

    private Optional<ApprovalTerms> terms(Person person) {
        Instant until = bench.now().plus(Duration.ofHours(1));
        return person == Person.NOBODY ? Optional.empty() : Optional.of(new ApprovalTerms(person.afterGate(), until));
    }

    private void eject(Move.Eject eject) {
        String id = "eject/%s".formatted(eject.node());
        EjectPlan asked = new EjectPlan(Plans.FILE, eject.node(), eject.readmit(), "ana", "looks slow");
        bench.start(EjectNode.class, id, asked);
        runs.add(id);
    }

    private void cancel(String id) {
        if (bench.isOpen(id)) {
            bench.client().newUntypedWorkflowStub(id).cancel("ana: wrong day");
        }
    }

    private void power(Move.Power power) {
        if (power.on()) {
            world.comesBack(power.proxy().value());
        } else {
            world.turnsOff(power.proxy().value());
        }
    }

    private void answer(Change change) {
        if (!(change.move() instanceof Move.Deploy deploy)
                || deploy.person() == Person.NOBODY
                || answered.contains(change)
                || !bench.isOpen(requireNonNull(change.run().getExecution()).getWorkflowId())) {
            return;
        }
        ChangeReport report = change.report();
        if (report.waiting().isPresent()) {
            answered.add(change);
            answer(change, deploy, report);
        }
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
