package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.HealthRequest;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.RoleSpec;
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

/** The sanity gate: opens after several passed inspections in a row, closes after equal failed ones or its timeout. */
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

    /** Returns the answers of the last inspection. */
    Optional<Verdict> verdict() {
        return verdict;
    }

    /** Whether the node must be inspected again before it joins. */
    boolean isStale() {
        return Duration.between(judged, StepProgress.now()).compareTo(patience.verdictMaxAge()) > 0;
    }

    /** Returns when the node passed; fails with GATE_CLOSED and a sentence that names the failed checks. */
    void awaitOpen(Node node, FirstBootOrder configured) {
        progress.begin(Step.SANITY_GATE, "first inspection");
        InspectOrder first = order(node, configured);
        InspectOrder order = first;
        RoleSpec role = plan.file().role(plan.ref().role());
        Instant deadline = StepProgress.now().plus(role.warmup().orElse(patience.gateTimeout()));
        PassCounter counter = new PassCounter(role.checks().passes(), patience.equalFailures());
        while (counter.isUndecided()) {
            Verdict latest = inspect(order);
            counter.add(latest);
            if (counter.hasFailedLast()
                    && (counter.isClosed() || !StepProgress.now().isBefore(deadline))) {
                throw closed(node, latest, counter);
            }
            order = next(first, counter, deadline);
        }
        progress.complete(passed(counter));
    }

    /** Returns the next order: after a passed inspection the activity itself waits, which is faster than a timer. */
    private InspectOrder next(InspectOrder first, PassCounter counter, Instant deadline) {
        if (!counter.isUndecided()) {
            return first;
        }
        progress.update("inspection %d, times out at %s".formatted(counter.count() + 1, deadline));
        if (!counter.hasFailedLast()) {
            return first.withPause(patience.pause());
        }
        Timers.sleep(patience.pause(), "sanity gate: before inspection %d".formatted(counter.count() + 1));
        return first;
    }

    private Verdict inspect(InspectOrder order) {
        Verdict latest = ActivityStubs.node(
                        patience.heartbeating(),
                        "inspect %s".formatted(plan.ref().name()))
                .inspect(order);
        verdict = Optional.of(latest);
        judged = StepProgress.now();
        return latest;
    }

    private InspectOrder order(Node node, FirstBootOrder configured) {
        List<Node> siblings = ActivityStubs.cloud(patience.shortCall(), "siblings of %s".formatted(node.name()))
                .listNodes(plan.ref().cluster(), true)
                .stream()
                .filter(status -> status.ref().role() == node.role())
                .filter(status -> status.isIn(NodeState.IN_SERVICE))
                .map(NodeStatus::node)
                .flatMap(Optional::stream)
                .toList();
        RoleSpec role = plan.file().role(node.role());
        return new InspectOrder(
                node,
                plan.template(),
                role.checks(),
                configured,
                siblings,
                Optional.empty(),
                node.role().isMember()
                        ? Optional.of(
                                new HealthRequest(role.port(), role.health().path()))
                        : Optional.empty());
    }

    private String passed(PassCounter counter) {
        Verdict last = verdict.orElseThrow();
        long warnings = last.count(CheckStatus.WARN);
        return "%d checks ok%s, %d not applicable, %s in a row"
                .formatted(
                        last.count(CheckStatus.OK),
                        warnings == 0 ? "" : ", %d warnings".formatted(warnings),
                        last.count(CheckStatus.NOT_APPLICABLE),
                        counter.inARow() == 2 ? "twice" : counter.inARow() + " times");
    }

    private RuntimeException closed(Node node, Verdict latest, PassCounter counter) {
        progress.fail("%d of %d checks failed, %d inspections"
                .formatted(latest.failures().size(), latest.results().size(), counter.count()));
        return TypedFailures.of(
                FailureType.GATE_CLOSED,
                "%s is not fit to join: %s%s".formatted(node.name(), named(latest), stillWarmingUp(latest)));
    }

    private String stillWarmingUp(Verdict latest) {
        RoleSpec role = plan.file().role(plan.ref().role());
        return latest.mayWarmUp()
                ? "; that may pass by itself, but not within %d s: warmup of the role sets a longer time"
                        .formatted(role.warmup().orElse(patience.gateTimeout()).toSeconds())
                : "";
    }

    private static String named(Verdict latest) {
        List<CheckResult> failures = latest.failures();
        if (failures.isEmpty()) {
            return "no check was answered";
        }
        String first = failures.stream()
                .limit(NAMED)
                .map(result -> result.check() + ": " + result.says())
                .collect(Collectors.joining("; "));
        return failures.size() > NAMED ? "%s; and %d more".formatted(first, failures.size() - NAMED) : first;
    }
}
