package dev.sluice.workflows.walk;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.fake.CloudBackend;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.walk.WalkMove.ApproverReaction;
import io.temporal.api.common.v1.WorkflowExecution;
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

/** Walks one plan: starts each move at its time, sends the decisions, lets time pass until every run has ended. */
final class WalkRunner {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration TOO_LONG = Duration.ofHours(2);
    private static final long LIMIT = Duration.ofSeconds(100).toNanos();

    /** A change that was started. */
    record StartedChange(String id, WorkflowStub run, WalkMove move, boolean repeated) {
        ChangeReport report() {
            return run.query("report", ChangeReport.class);
        }
    }

    private final WalkPlan plan;
    private final TestTemporal temporal;
    private final CloudBackend backend;
    private final FakeWorld world;
    private final ClusterInvariants invariants;
    private final List<StartedChange> changes = new ArrayList<>();
    private final List<WorkflowStub> open = new ArrayList<>();
    private final List<WalkMove.CancelMove> cancels = new ArrayList<>();
    private final Set<StartedChange> answered = new HashSet<>();

    private final WalkDisturbances disturbances;

    WalkRunner(WalkPlan plan, CloudBackend backend, TestTemporal temporal) {
        this.plan = plan;
        this.backend = backend;
        this.temporal = temporal;
        this.world = plan.world(backend).runsAreOpen(temporal::isOpen);
        this.invariants = new ClusterInvariants(plan, world);
        this.disturbances = new WalkDisturbances(temporal, world, invariants);
    }

    void go() {
        temporal.in(world);
        world.calls.after(invariants::after);
        backend.breaks();
        List<WalkPlan.TimedMove> ahead = new ArrayList<>(plan.moves());
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
                temporal.passes(STEP);
            }
        }
        disturbances.judge();
        invariants.none();
        new WalkJudge(plan, backend, world, temporal).judge(changes);
    }

    String told() {
        return "%s%n%s%n%s".formatted(plan, backend, invariants.told());
    }

    /** A change waits for its nodes, so their runs end before its own. */
    private boolean anyOpen() {
        List<WorkflowStub> over =
                open.stream().filter(run -> !temporal.isOpen(run)).toList();
        over.stream()
                .map(run -> requireNonNull(run.getExecution()))
                .filter(run -> !disturbances.mayEndBeforeItsSteps(run))
                .filter(run -> !temporal.history(run).hasNothingOpen())
                .forEach(run ->
                        invariants.violated(run.getWorkflowId() + " ended while an activity of its own went on"));
        open.removeAll(over);
        return !open.isEmpty();
    }

    private void begin(WalkMove move) {
        try {
            if (move instanceof WalkMove.DeployMove deploy) {
                change(deploy.role(), ChangeKind.DEPLOY, terms(deploy.person()), deploy.nodes(), deploy);
            } else if (move instanceof WalkMove.RetireMove retire) {
                change(retire.role(), ChangeKind.RETIRE, Optional.empty(), List.of(retire.node()), retire);
            } else if (move instanceof WalkMove.EjectMove eject) {
                eject(eject);
            } else if (move instanceof WalkMove.CancelMove cancel) {
                cancels.add(cancel);
            } else if (move instanceof WalkMove.PowerMove power) {
                power(power);
            } else {
                disturb(move);
            }
        } catch (WorkflowExecutionAlreadyStarted locked) {
            invariants.refused(move);
        }
    }

    private void disturb(WalkMove move) {
        if (move instanceof WalkMove.ResetMove reset) {
            disturbances.reset(reset).ifPresent(open::add);
        } else if (move instanceof WalkMove.AgainMove again) {
            disturbances.ended(again).ifPresent(this::startAgain);
        } else if (move instanceof WalkMove.DoubleMove late) {
            disturbances.takesEffectAgain(late);
        } else if (move instanceof WalkMove.SecondDropletMove second) {
            disturbances.hasSecondDroplet(second);
        } else if (move instanceof WalkMove.GarbageMove garbage) {
            disturbances.receives(garbage);
        }
    }

    private void startAgain(WorkflowExecution run) {
        WorkflowStub again = temporal.startLike(run);
        invariants.noted("%s starts again with the same input".formatted(run.getWorkflowId()));
        open.add(again);
        disturbances.started(again);
        changes.stream()
                .filter(change -> run.equals(change.run().getExecution()))
                .findFirst()
                .ifPresent(first -> changes.add(new StartedChange(first.id(), again, first.move(), true)));
    }

    private void change(
            Role role, ChangeKind kind, Optional<ApprovalTerms> terms, List<NodeName> nodes, WalkMove move) {
        ChangePlan asked = TestPlans.change(
                role,
                kind,
                terms,
                List.of(),
                false,
                nodes.stream().map(NodeName::value).toArray(String[]::new));
        String id = WorkflowIds.change(TestPlans.HELLO, role);
        StartedChange change = new StartedChange(id, temporal.start(ChangeRole.class, id, asked), move, false);
        changes.add(change);
        open.add(change.run());
        disturbances.started(change.run());
    }

    private Optional<ApprovalTerms> terms(ApproverReaction person) {
        Instant until = temporal.now().plus(Duration.ofHours(1));
        return person == ApproverReaction.NOBODY
                ? Optional.empty()
                : Optional.of(new ApprovalTerms(person.afterGate(), until));
    }

    private void eject(WalkMove.EjectMove eject) {
        String id = "eject/%s".formatted(eject.node());
        EjectPlan asked = new EjectPlan(TestPlans.FILE, eject.node(), eject.readmit(), "ana", "looks slow");
        WorkflowStub run = temporal.start(EjectNode.class, id, asked);
        open.add(run);
        disturbances.started(run);
    }

    /**
     * The test server loses a run's task now and then if an activity of it ends just as it is cancelled, so that a walk
     * cancels while a change waits for a person; CancellationTest does it in every step, on a real server.
     */
    private boolean isCancelled(WalkMove.CancelMove cancel) {
        String id = WorkflowIds.change(TestPlans.HELLO, cancel.role());
        Optional<StartedChange> waiting = changes.stream()
                .filter(change -> change.id().equals(id) && isAsked(change))
                .filter(change -> nodes(change.move()).stream()
                        .allMatch(node -> temporal.waits(WorkflowIds.node(TestPlans.HELLO, node))))
                .findFirst();
        waiting.ifPresent(change -> {
            answered.add(change);
            change.run().cancel("ana: wrong day");
        });
        return waiting.isPresent();
    }

    private boolean isAsked(StartedChange change) {
        return change.move() instanceof WalkMove.DeployMove deploy
                && deploy.person() != ApproverReaction.NOBODY
                && open.contains(change.run())
                && change.report().waiting().isPresent();
    }

    private static List<NodeName> nodes(WalkMove move) {
        if (move instanceof WalkMove.DeployMove deploy) {
            return deploy.nodes();
        }
        return move instanceof WalkMove.RetireMove retire ? List.of(retire.node()) : List.of();
    }

    private void power(WalkMove.PowerMove power) {
        if (power.on()) {
            world.comesBack(power.proxy().value());
        } else {
            world.turnsOff(power.proxy().value());
        }
    }

    private void answer(StartedChange change) {
        if (!(change.move() instanceof WalkMove.DeployMove deploy) || answered.contains(change) || !isAsked(change)) {
            return;
        }
        answered.add(change);
        answer(change, deploy, change.report());
    }

    private void answer(StartedChange change, WalkMove.DeployMove deploy, ChangeReport report) {
        String digest = report.planDigest().orElseThrow().value().substring(0, 6);
        switch (deploy.person()) {
            case SAYS_YES_BEFORE, SAYS_YES_AFTER_GATE -> yes(change, deploy, digest);
            case SAYS_NO_BEFORE, SAYS_NO_AFTER_GATE ->
                decide(change, new ApprovalDecision(false, digest, "bea", "not today"));
            case MISREADS -> {
                refusedToBea(change, "000000");
                yes(change, deploy, digest);
            }
            case SAYS_NOTHING -> temporal.passes(TOO_LONG);
            case SAYS_YES_TOO_LATE -> {
                temporal.passes(TOO_LONG);
                refusedToBea(change, digest);
            }
            case NOBODY -> throw new IllegalStateException("nobody was asked");
        }
    }

    private void yes(StartedChange change, WalkMove.DeployMove deploy, String digest) {
        invariants.approved(deploy);
        decide(change, new ApprovalDecision(true, digest, "bea", "looks right"));
    }

    private void decide(StartedChange change, ApprovalDecision decision) {
        temporal.update(change.run(), "decide", decision);
    }

    private void refusedToBea(StartedChange change, String digest) {
        try {
            decide(change, new ApprovalDecision(true, digest, "bea", "?"));
            invariants.violated("an approval of plan %s was taken".formatted(digest));
        } catch (WorkflowUpdateException | io.temporal.client.WorkflowNotFoundException refused) {
            // Which is right: refused, or nobody is there any more to be asked.
        }
    }
}
