package dev.sluice.starter.audit;

import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import java.util.Optional;

/**
 * One call of an activity, read from a run's history.
 *
 * @param done when its result arrived; empty if it failed or never ended
 */
record ActivityCall(
        String activity,
        EventTime asked,
        Optional<EventTime> done,
        Payloads order,
        Payloads answer,
        DataConverter converter) {
    /** Returns its first argument. */
    <T> T readArgument(Class<T> type) {
        return converter.fromPayloads(0, Optional.of(order), type, type);
    }

    /** Returns its result; only of a completed call. */
    <T> T readResult(Class<T> type) {
        return converter.fromPayloads(0, Optional.of(answer), type, type);
    }

    /** Returns whether its result arrived before that time. */
    boolean doneBefore(EventTime moment) {
        return done.filter(end -> end.before(moment)).isPresent();
    }

    ActivityCall done(EventTime end, Payloads result) {
        return new ActivityCall(activity, asked, Optional.of(end), order, result, converter);
    }
}
