package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sanity gate: opens on so many good looks in a row, closes on equal bad ones or when its time is over. */
final class Gate {
    private static final int NAMED = 3;

    private final NodePlan plan;
    private final Patience patience;
    private final StepProgress progress;
    private Optional<Verdict> verdict = Optional.empty();
    private Instant judged = Instant.EPOCH;

    Gate(NodePlan plan, Patience patience, StepProgress progress) {
        this.plan = plan;
        this.patience = patience;
        this.progress = progress;
    }

    /** The last look's answers. */
    Optional<Verdict> verdict() {
        return verdict;
    }

    /** Whether the node has to be looked at again before it joins. */
    boolean isStale() {
        return Duration.between(judged, StepProgress.now()).compareTo(patience.verdictAge()) > 0;
    }

    /** Returns when the node passed; fails with GATE_CLOSED and the sentence that names what is wrong with it. */
    void awaitOpen(Node node, FirstBootOrder configured) {
        progress.begin(Step.SANITY_GATE, "first look");
        InspectOrder first = order(node, configured);
        InspectOrder order = first;
        Instant deadline = StepProgress.now().plus(patience.gate());
        PassCounter looks =
                new PassCounter(plan.file().role(plan.ref().role()).checks().passes(), patience.looks());
        while (looks.isUndecided()) {
            Verdict look = inspect(order);
            looks.add(look);
            if (looks.hasFailedLast()
                    && (looks.isClosed() || !StepProgress.now().isBefore(deadline))) {
                throw closed(node, look, looks);
            }
            order = next(first, looks, deadline);
        }
        progress.complete(passed(looks));
    }

    /** After a good look the next one waits by itself; while the node is not fit yet there is no such hurry. */
    private InspectOrder next(InspectOrder first, PassCounter looks, Instant deadline) {
        if (!looks.isUndecided()) {
            return first;
        }
        progress.update("look %d, gives up at %s".formatted(looks.count() + 1, deadline));
        if (!looks.hasFailedLast()) {
            return first.withPause(patience.pause());
        }
        Timers.sleep(patience.pause(), "sanity gate: before look %d".formatted(looks.count() + 1));
        return first;
    }

    private Verdict inspect(InspectOrder order) {
        Verdict look = ActivityStubs.node(
                        patience.steady(), "look at %s".formatted(plan.ref().name()))
                .inspect(order);
        verdict = Optional.of(look);
        judged = StepProgress.now();
        return look;
    }

    private InspectOrder order(Node node, FirstBootOrder configured) {
        List<Node> siblings = ActivityStubs.cloud(patience.brief(), "siblings of %s".formatted(node.name()))
                .listNodes(plan.ref().cluster(), true)
                .stream()
                .filter(status -> status.ref().role() == node.role())
                .filter(status -> status.state().equals(Optional.of(NodeState.IN_SERVICE)))
                .map(NodeStatus::node)
                .flatMap(Optional::stream)
                .toList();
        return new InspectOrder(
                node, plan.template(), plan.file().role(node.role()).checks(), configured, siblings, Optional.empty());
    }

    private String passed(PassCounter looks) {
        Verdict last = verdict.orElseThrow();
        long warnings = last.count(CheckStatus.WARN);
        return "%d checks ok%s, %d not applicable, %s in a row"
                .formatted(
                        last.count(CheckStatus.OK),
                        warnings == 0 ? "" : ", %d warnings".formatted(warnings),
                        last.count(CheckStatus.NOT_APPLICABLE),
                        looks.inARow() == 2 ? "twice" : looks.inARow() + " times");
    }

    private RuntimeException closed(Node node, Verdict look, PassCounter looks) {
        progress.fail("%d of %d checks failed, %d looks"
                .formatted(look.failures().size(), look.results().size(), looks.count()));
        return TypedFailures.of(
                FailureType.GATE_CLOSED, "%s is not fit to join: %s".formatted(node.name(), named(look)));
    }

    private static String named(Verdict look) {
        List<CheckResult> failures = look.failures();
        if (failures.isEmpty()) {
            return "nothing could be asked";
        }
        String first = failures.stream()
                .limit(NAMED)
                .map(result -> result.check() + ": " + result.says())
                .collect(Collectors.joining("; "));
        return failures.size() > NAMED ? "%s; and %d more".formatted(first, failures.size() - NAMED) : first;
    }
}
