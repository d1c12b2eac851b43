package dev.sluice.workflows.schedule;

import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as Temporal shows it.
 *
 * @param note reason and operator of the pause or the resume
 * @param next start, unless it is paused
 * @param lastRun ID of the newest run
 * @param starts the runbook and the task queue of its runs
 * @param skipped starts that were skipped because the previous run was open
 */
public record ScheduleStatus(
        String name,
        String id,
        Duration every,
        boolean paused,
        String note,
        Optional<Instant> next,
        Optional<Instant> last,
        Optional<String> lastRun,
        long skipped,
        String starts) {
    static ScheduleStatus of(ScheduledRunbook one, ScheduleDescription found) {
        List<ScheduleIntervalSpec> intervals = found.getSchedule().getSpec().getIntervals();
        Optional<ScheduleState> state = Optional.ofNullable(found.getSchedule().getState());
        boolean paused = state.map(ScheduleState::isPaused).orElse(false);
        List<ScheduleActionResult> recent = found.getInfo().getRecentActions();
        Optional<ScheduleActionResult> newest =
                recent.isEmpty() ? Optional.empty() : Optional.of(recent.get(recent.size() - 1));
        return new ScheduleStatus(
                one.name(),
                found.getId(),
                intervals.isEmpty() ? Duration.ZERO : intervals.get(0).getEvery(),
                paused,
                state.map(ScheduleState::getNote).orElse(""),
                found.getInfo().getNextActionTimes().stream()
                        .filter(time -> !paused)
                        .findFirst(),
                newest.map(ScheduleActionResult::getStartedAt),
                newest.map(ScheduleActionResult::getAction)
                        .filter(ScheduleActionExecutionStartWorkflow.class::isInstance)
                        .map(run -> ((ScheduleActionExecutionStartWorkflow) run).getWorkflowId()),
                found.getInfo().getNumActionsSkippedOverlap(),
                ScheduledStart.describe(found.getSchedule().getAction()));
    }
}
