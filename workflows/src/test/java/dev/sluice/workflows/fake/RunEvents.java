package dev.sluice.workflows.fake;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The history of one run so far. */
public record RunEvents(List<HistoryEvent> events) {
    private static final Set<EventType> AT_REST =
            Set.of(EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);

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
