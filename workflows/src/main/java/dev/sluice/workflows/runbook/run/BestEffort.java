package dev.sluice.workflows.runbook.run;

import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A look in parts, each in its own try: half an answer is better than none, if it says which half. */
public final class BestEffort {
    private final List<String> unknown = new ArrayList<>();

    public <T> T ask(String what, T nothing, Supplier<T> question) {
        try {
            return question.get();
        } catch (TemporalFailure failure) {
            unknown.add("%s: %s".formatted(what, EndReason.of(failure).sentence()));
            return nothing;
        }
    }

    /** What could not be read, each with the reason. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }
}
