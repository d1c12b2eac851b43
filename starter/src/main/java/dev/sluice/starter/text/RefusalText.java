package dev.sluice.starter.text;

import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.StepReport;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes the run that holds the lock of a change. */
public final class RefusalText {
    private RefusalText() {}

    /** Returns the holder's requester, start, reason and current step. */
    public static String describeHolder(ChangeReport holder, Clock clock) {
        ChangePlan plan = holder.plan();
        String reason = plan.reason().isBlank() ? "" : " (\"%s\")".formatted(StepText.clean(plan.reason()));
        String at = current(holder).map(", now at %s"::formatted).orElse("");
        return "%s is being changed since %s by %s%s%s."
                .formatted(
                        ChangeText.group(plan),
                        TimeText.second(holder.started(), clock.getZone()),
                        plan.by(),
                        reason,
                        at);
    }

    /** Returns the holder's ID and start, for the case that no worker answers. */
    public static String describeHolder(String id, Instant started, Clock clock) {
        return "%s is running since %s.  No worker answers, so its requester and its current step are unknown."
                .formatted(id, TimeText.second(started, clock.getZone()));
    }

    private static Optional<String> current(ChangeReport holder) {
        Stream<StepReport> steps =
                Stream.concat(holder.steps().stream(), holder.nodes().stream().flatMap(node -> node.steps().stream()));
        return steps.filter(step ->
                        step.state() == StepReport.StepState.RUNNING || step.state() == StepReport.StepState.WAITING)
                .reduce((first, second) -> second)
                .map(step -> step.step().words());
    }
}
