package dev.sluice.starter.audit;

import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time of an event in a history.
 *
 * @param event its number in the history, which orders events of the same millisecond
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
