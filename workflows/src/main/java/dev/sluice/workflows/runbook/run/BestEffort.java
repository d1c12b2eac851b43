package dev.sluice.workflows.runbook.run;

import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads several parts, each in its own try, and names the parts that could not be read. */
public final class BestEffort {
    private final List<String> unknown = new ArrayList<>();

    public <T> T read(String what, T nothing, Supplier<T> question) {
        try {
            return question.get();
        } catch (TemporalFailure failure) {
            unknown.add("%s: %s".formatted(what, EndReason.of(failure).sentence()));
            return nothing;
        }
    }

    /** Returns the parts that could not be read, each with the reason. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }
}
