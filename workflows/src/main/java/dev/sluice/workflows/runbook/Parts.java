package dev.sluice.workflows.runbook;

import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A look in parts, each in its own try: half an answer is better than none, if it says which half. */
final class Parts {
    private final List<String> unknown = new ArrayList<>();

    <T> T ask(String what, T nothing, Supplier<T> question) {
        try {
            return question.get();
        } catch (TemporalFailure failure) {
            unknown.add("%s: %s".formatted(what, Reason.of(failure).sentence()));
            return nothing;
        }
    }

    /** What could not be read, each with the reason. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }
}
