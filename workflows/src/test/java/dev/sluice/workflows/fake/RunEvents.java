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

/** What the history of one run says of it, as far as it has got. */
public record RunEvents(List<HistoryEvent> events) {
    private static final Set<EventType> AT_REST =
            Set.of(EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);

    public RunEvents {
        events = List.copyOf(events);
    }

    /** The activities that it asked for, in that order; those side by side may begin in any. */
    public List<String> asked() {
        return askedAtOnce().stream().flatMap(List::stream).toList();
    }

    /** The same, those together that the run asked for before it waited for any of them. */
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

    /** Whether each of its activities has come to an end, good or bad. */
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

    /** Whether it waits for a timer, a person or its nodes and does nothing itself. */
    public boolean isAtRest() {
        return AT_REST.contains(events.get(events.size() - 1).getEventType());
    }

    /** How often it was given news and has said what it does next. */
    public long answered() {
        return events.stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .count();
    }

    /** How many timers it started. */
    public long timers() {
        return events.stream()
                .filter(HistoryEvent::hasTimerStartedEventAttributes)
                .count();
    }
}
