package dev.sluice.starter.audit;

import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** A history that a real server recorded, as it is or with one thing in it made wrong. */
final class RecordedHistory {
    private static final Path KEPT = Path.of("..", "workflows", "src", "test", "resources", "histories");

    private final History history;

    private RecordedHistory(History history) {
        this.history = history;
    }

    static RecordedHistory of(String name) {
        try {
            String json = Files.readString(KEPT.resolve(name + ".json"));
            return new RecordedHistory(WorkflowExecutionHistory.fromJson(json).getHistory());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** As if those activities had never been called. */
    RecordedHistory without(String activity) {
        History.Builder changed = History.newBuilder();
        for (HistoryEvent event : history.getEventsList()) {
            HistoryEvent.Builder copy = event.toBuilder();
            if (event.getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals(activity)) {
                copy.getActivityTaskScheduledEventAttributesBuilder()
                        .getActivityTypeBuilder()
                        .setName("Nothing");
            }
            changed.addEvents(copy);
        }
        return new RecordedHistory(changed.build());
    }

    /** Those events and all after the first of them happened that much later. */
    RecordedHistory later(Duration time, Predicate<HistoryEvent> from) {
        History.Builder changed = History.newBuilder();
        boolean shifted = false;
        for (HistoryEvent event : history.getEventsList()) {
            shifted = shifted || from.test(event);
            HistoryEvent.Builder copy = event.toBuilder();
            if (shifted) {
                copy.getEventTimeBuilder().setSeconds(event.getEventTime().getSeconds() + time.toSeconds());
            }
            changed.addEvents(copy);
        }
        return new RecordedHistory(changed.build());
    }

    RunHistory read() {
        return RunHistory.of(new WorkflowExecutionHistory(history, "kept"), DefaultDataConverter.STANDARD_INSTANCE);
    }

    /** Returns whether the event schedules that activity. */
    static Predicate<HistoryEvent> asks(String activity) {
        return event -> event.getActivityTaskScheduledEventAttributes()
                .getActivityType()
                .getName()
                .equals(activity);
    }
}
