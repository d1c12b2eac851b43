package dev.sluice.worker;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts the results of inspections by check and status: {@code sluice.gate.checks}. */
record GateMeters(MeterRegistry meters) implements Consumer<Verdict> {
    @Override
    public void accept(Verdict verdict) {
        verdict.results().forEach(this::count);
    }

    private void count(CheckResult result) {
        String status = result.status().name().toLowerCase(Locale.ROOT);
        meters.counter("sluice.gate.checks", "check", result.check(), "status", status)
                .increment();
    }
}
