package dev.sluice.starter.audit;

import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import java.util.Optional;

/**
 * One call of an activity, as a run's history tells it.
 *
 * @param done when its answer came; empty if it failed, or never ended
 */
record ActivityCall(
        String activity,
        EventTime asked,
        Optional<EventTime> done,
        Payloads order,
        Payloads answer,
        DataConverter converter) {
    /** What it was asked to do: its first argument. */
    <T> T readArgument(Class<T> type) {
        return converter.fromPayloads(0, Optional.of(order), type, type);
    }

    /** What it answered; only of one that is done. */
    <T> T readResult(Class<T> type) {
        return converter.fromPayloads(0, Optional.of(answer), type, type);
    }

    /** Whether its answer came before that. */
    boolean doneBefore(EventTime moment) {
        return done.filter(end -> end.before(moment)).isPresent();
    }

    ActivityCall done(EventTime end, Payloads result) {
        return new ActivityCall(activity, asked, Optional.of(end), order, result, converter);
    }
}
