package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.history.v1.WorkflowTaskFailedEventAttributes;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The history of one run so far. */
public record RunEvents(List<HistoryEvent> events) {
    private static final Set<EventType> AT_REST =
            Set.of(EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);

    private static final Set<String> FAILURE_TYPES =
            Arrays.stream(FailureType.values()).map(FailureType::name).collect(Collectors.toSet());

    public RunEvents {
        events = List.copyOf(events);
    }

    /** Returns the scheduled activities in order; parallel ones may be in any order. */
    public List<String> asked() {
        return askedAtOnce().stream().flatMap(List::stream).toList();
    }

    /** Returns the scheduled activities, grouped by the workflow task that scheduled them. */
    public Collection<List<String>> askedAtOnce() {
        Map<Long, List<String>> byTask = new TreeMap<>();
        for (HistoryEvent event : events) {
            if (event.hasActivityTaskScheduledEventAttributes()) {
                ActivityTaskScheduledEventAttributes asked = event.getActivityTaskScheduledEventAttributes();
                byTask.computeIfAbsent(asked.getWorkflowTaskCompletedEventId(), task -> new ArrayList<>())
                        .add(asked.getActivityType().getName());
            }
        }
        return byTask.values();
    }

    /** Returns the type of the run. */
    public String type() {
        return started().getWorkflowType().getName();
    }

    /** Returns the run's input. */
    Object[] input() {
        return values(started().getInput());
    }

    static Object[] values(Payloads payloads) {
        return payloads.getPayloadsList().stream().map(RawValue::new).toArray();
    }

    private WorkflowExecutionStartedEventAttributes started() {
        return events.get(0).getWorkflowExecutionStartedEventAttributes();
    }

    /** Returns the runs that this one has started. */
    public List<WorkflowExecution> children() {
        return events.stream()
                .filter(HistoryEvent::hasChildWorkflowExecutionStartedEventAttributes)
                .map(event ->
                        event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution())
                .toList();
    }

    /**
     * Returns its steps that a worker had begun when they ended, but for the marks of a retirement that was refused: a late
     * one marks a node leaving that is in service again (docs/limits.md).
     */
    List<ActivityTaskScheduledEventAttributes> begun() {
        Map<Long, ActivityTaskScheduledEventAttributes> scheduled = scheduled();
        return events.stream()
                .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
                .map(event -> requireNonNull(scheduled.get(
                        event.getActivityTaskStartedEventAttributes().getScheduledEventId())))
                .filter(asked -> !isRefusedRetirement()
                        || !asked.getActivityType().getName().equals("Cloud.MarkNode"))
                .toList();
    }

    private boolean isRefusedRetirement() {
        return type().equals("RetireNode") && !hasCompleted();
    }

    private boolean hasCompleted() {
        return events.get(events.size() - 1).hasWorkflowExecutionCompletedEventAttributes();
    }

    private Map<Long, ActivityTaskScheduledEventAttributes> scheduled() {
        return events.stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .collect(Collectors.toMap(
                        HistoryEvent::getEventId, HistoryEvent::getActivityTaskScheduledEventAttributes));
    }

    /** Returns the results of that many steps, until the first one that failed, by activity. */
    Map<String, List<Payload>> answers(int steps) {
        Map<Long, ActivityTaskScheduledEventAttributes> asked = scheduled();
        Map<String, List<Payload>> answers = new HashMap<>();
        int count = 0;
        for (HistoryEvent event : events) {
            if (count == steps
                    || event.hasActivityTaskFailedEventAttributes()
                    || event.hasActivityTaskTimedOutEventAttributes()) {
                break;
            }
            if (event.hasActivityTaskCompletedEventAttributes()) {
                count++;
                ActivityTaskCompletedEventAttributes done = event.getActivityTaskCompletedEventAttributes();
                Payload result = done.getResult().getPayloadsCount() == 0
                        ? DefaultDataConverter.STANDARD_INSTANCE.toPayload(null).orElseThrow()
                        : done.getResult().getPayloads(0);
                answers.computeIfAbsent(
                                requireNonNull(asked.get(done.getScheduledEventId()))
                                        .getActivityType()
                                        .getName(),
                                type -> new ArrayList<>())
                        .add(result);
            }
        }
        return answers;
    }

    /** A failed workflow task, or an end by a failure that has no type of Sluice. */
    public Optional<String> defect() {
        return events.stream().flatMap(event -> defect(event).stream()).findFirst();
    }

    private static Optional<String> defect(HistoryEvent event) {
        if (event.hasWorkflowTaskFailedEventAttributes()) {
            WorkflowTaskFailedEventAttributes task = event.getWorkflowTaskFailedEventAttributes();
            // A signal that came while the run ended: the server asks again.
            return task.getCause() == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND
                    ? Optional.empty()
                    : Optional.of("a workflow task failed (%s): %s"
                            .formatted(task.getCause(), task.getFailure().getMessage()));
        }
        Failure failure = event.getWorkflowExecutionFailedEventAttributes().getFailure();
        return event.hasWorkflowExecutionFailedEventAttributes() && !isTyped(failure)
                ? Optional.of("failed without a type: " + failure.getMessage())
                : Optional.empty();
    }

    /** The types of its last events. */
    public List<String> tail() {
        return events.stream()
                .skip(Math.max(0, events.size() - 12))
                .map(event -> event.getEventType().name().replace("EVENT_TYPE_", ""))
                .toList();
    }

    /** The words of its failure; empty if it did not fail. */
    public String failure() {
        return events.get(events.size() - 1)
                .getWorkflowExecutionFailedEventAttributes()
                .getFailure()
                .getMessage();
    }

    private static boolean isTyped(Failure failure) {
        return FAILURE_TYPES.contains(failure.getApplicationFailureInfo().getType())
                || failure.hasCanceledFailureInfo()
                || failure.hasTimeoutFailureInfo()
                || (failure.hasCause() && isTyped(failure.getCause()));
    }

    /** Whether each of its activities has ended. */
    public boolean hasNothingOpen() {
        Set<Long> open = new HashSet<>();
        for (HistoryEvent event : events) {
            if (event.hasActivityTaskScheduledEventAttributes()) {
                open.add(event.getEventId());
            }
            open.remove(event.getActivityTaskCompletedEventAttributes().getScheduledEventId());
            open.remove(event.getActivityTaskFailedEventAttributes().getScheduledEventId());
            open.remove(event.getActivityTaskTimedOutEventAttributes().getScheduledEventId());
            open.remove(event.getActivityTaskCanceledEventAttributes().getScheduledEventId());
        }
        return open.isEmpty();
    }

    /** Whether it only waits for a timer, a decision or its nodes. */
    public boolean isAtRest() {
        return AT_REST.contains(events.get(events.size() - 1).getEventType());
    }

    /** Returns its number of completed workflow tasks. */
    public long answered() {
        return events.stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .count();
    }

    /** Returns its number of timers. */
    public long timers() {
        return events.stream()
                .filter(HistoryEvent::hasTimerStartedEventAttributes)
                .count();
    }
}
