package dev.sluice.starter.audit;

import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When something happened in a run.
 *
 * @param event its number in the history: events of one millisecond have an order, too
 */
record EventTime(long event, Instant time) {
    static EventTime of(HistoryEvent event) {
        return new EventTime(
                event.getEventId(),
                Instant.ofEpochSecond(
                        event.getEventTime().getSeconds(), event.getEventTime().getNanos()));
    }

    boolean before(EventTime other) {
        return event < other.event;
    }

    @Override
    public String toString() {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().substring(11, 19) + " (event " + event + ")";
    }
}
