package dev.sluice.workflows.walk;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.GarbageInputs;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What Temporal's buttons, slow workers and anybody with access to Temporal add to a walk. */
final class WalkDisturbances {
    private static final Map<String, Class<?>> RUNBOOKS = Map.of(
            "ChangeRole",
            ChangeRole.class,
            "DeployNode",
            DeployNode.class,
            "RetireNode",
            RetireNode.class,
            "EjectNode",
            EjectNode.class);

    /** What happened in all walks of this process. */
    static final Map<String, LongAdder> COUNTS = new ConcurrentSkipListMap<>();

    private final TestTemporal temporal;
    private final FakeWorld world;
    private final ClusterInvariants invariants;
    private final List<WorkflowExecution> started = new ArrayList<>();
    private final List<WorkflowExecution> repeated = new ArrayList<>();
    private final Set<WorkflowExecution> terminated = new HashSet<>();

    WalkDisturbances(TestTemporal temporal, FakeWorld world, ClusterInvariants invariants) {
        this.temporal = temporal;
        this.world = world;
        this.invariants = invariants;
    }

    void started(WorkflowStub run) {
        started.add(requireNonNull(run.getExecution()));
    }

    /** Whether that run may end before its steps: a reset has terminated it, or it is one whose steps are refused. */
    boolean mayEndBeforeItsSteps(WorkflowExecution run) {
        return terminated.contains(run) || repeated.contains(run);
    }

    /** Returns the new execution; empty if there is nothing to reset. */
    Optional<WorkflowStub> reset(WalkMove.ResetMove move) {
        return one(known(), move.run()).flatMap(run -> reset(run, move.steps()));
    }

    /** An open change or node is left out: the test server connects no change with the node's new execution. */
    private Optional<WorkflowStub> reset(WorkflowExecution run, int steps) {
        String type = temporal.history(run).type();
        boolean open = temporal.isOpen(run);
        if (open && !type.equals("EjectNode")) {
            return Optional.empty();
        }
        boolean change = type.equals("ChangeRole");
        if (open) {
            terminated.add(run);
        }
        WorkflowStub again = temporal.reset(run, change ? 0 : steps);
        repeated.add(requireNonNull(again.getExecution()));
        count("resets of " + type);
        invariants.noted("reset of %s, %s".formatted(run.getWorkflowId(), open ? "open" : "ended"));
        return Optional.of(again);
    }

    /** Returns the run that has ended and is to be started again with its input. */
    Optional<WorkflowExecution> ended(WalkMove.AgainMove move) {
        List<WorkflowExecution> ended =
                started.stream().filter(run -> !temporal.isOpen(run)).toList();
        return one(ended, move.run());
    }

    void takesEffectAgain(WalkMove.DoubleMove move) {
        one(known(), move.run())
                .flatMap(run -> temporal.carriesOutAgain(run, move.step()))
                .ifPresent(late -> count("late " + late));
    }

    void hasSecondDroplet(WalkMove.SecondDropletMove move) {
        List<NodeName> names = world.nodes().stream()
                .map(NodeStatus::ref)
                .map(ref -> ref.name())
                .distinct()
                .toList();
        one(names, move.node()).ifPresent(name -> {
            count("second droplets");
            invariants.noted("a second droplet of %s".formatted(name));
            world.withDouble(name.value());
        });
    }

    void receives(WalkMove.GarbageMove move) {
        List<WorkflowExecution> open = known().stream().filter(temporal::isOpen).toList();
        one(open, move.run()).ifPresent(run -> receives(run, move));
    }

    private void receives(WorkflowExecution run, WalkMove.GarbageMove move) {
        Class<?> runbook = requireNonNull(RUNBOOKS.get(temporal.history(run).type()));
        List<Method> handlers = Stream.of(SignalMethod.class, UpdateMethod.class)
                .flatMap(kind -> GarbageInputs.handlers(runbook, kind).stream())
                .toList();
        List<Map.Entry<String, Object[]>> inputs =
                List.copyOf(GarbageInputs.inputs().entrySet());
        Map.Entry<String, Object[]> input = inputs.get(move.input() % inputs.size());
        one(handlers, move.handler()).ifPresent(handler -> {
            count("inputs to " + handler.getName());
            invariants.noted("%s to %s of %s".formatted(input.getKey(), handler.getName(), run.getWorkflowId()));
            receives(temporal.stub(run), handler, input);
        });
    }

    private void receives(WorkflowStub run, Method handler, Map.Entry<String, Object[]> input) {
        try {
            if (handler.isAnnotationPresent(SignalMethod.class)) {
                run.signal(handler.getName(), input.getValue());
                return;
            }
            temporal.update(run, handler.getName(), input.getValue());
            invariants.violated("%s accepted %s".formatted(handler.getName(), input.getKey()));
        } catch (WorkflowUpdateException | WorkflowNotFoundException refused) {
            // Which is right: refused, or the run has just ended.
        }
    }

    private static void count(String what) {
        COUNTS.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    /** All runs so far, but for those that a reset began. */
    private List<WorkflowExecution> known() {
        return started.stream()
                .flatMap(run -> Stream.concat(Stream.of(run), temporal.history(run).children().stream()))
                .toList();
    }

    /** No run has failed a task, and each failed one says why by its type. */
    void judge() {
        Stream.concat(known().stream(), repeated.stream())
                .forEach(run -> temporal.history(run)
                        .defect()
                        .ifPresent(defect -> invariants.violated("%s: %s".formatted(run.getWorkflowId(), defect))));
    }

    private static <T> Optional<T> one(List<T> of, int draw) {
        return of.isEmpty() ? Optional.empty() : Optional.of(of.get(draw % of.size()));
    }
}
