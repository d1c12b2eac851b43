package dev.sluice.starter.text;

import dev.sluice.starter.run.PendingRetry;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes steps as lines. */
public final class StepText {
    private StepText() {}

    /**
     * A line about a step.
     *
     * @param key the same as long as only the time in the text changes
     * @param settled whether it can be printed once: it is final, or reports a retry
     */
    public record StepLine(String key, boolean settled, StepReport.StepState state, String text) {}

    /** Returns the step's line, with a pending retry if there is one, and the checks that closed the gate. */
    static List<StepLine> lines(
            String key, StepReport step, List<CheckResult> closing, Optional<PendingRetry> retry, Instant now) {
        List<StepLine> lines = new ArrayList<>();
        String full = key + "/" + step.state() + retry.map(PendingRetry::kind).orElse("");
        boolean settled = settled(step) || retry.isPresent();
        lines.add(new StepLine(full, settled, step.state(), text(step, retry, now)));
        if (step.step() == Step.SANITY_GATE && step.state() == StepReport.StepState.FAILED) {
            closing.forEach(
                    check -> lines.add(new StepLine(full + "/" + check.check(), true, step.state(), text(check))));
        }
        return lines;
    }

    private static boolean settled(StepReport step) {
        return switch (step.state()) {
            case RUNNING -> false;
            case WAITING, DONE, NOT_NEEDED, FAILED, TAKEN_BACK, NOT_TAKEN_BACK -> true;
        };
    }

    private static String text(StepReport step, Optional<PendingRetry> retry, Instant now) {
        return String.format(
                        Locale.ROOT,
                        "%s %-17s %6s   %s",
                        mark(step.state()),
                        step.step().words(),
                        time(step, now),
                        retry.map(pending -> text(pending, now)).orElse(clean(step.says())))
                .stripTrailing();
    }

    /** Returns text such as {@code try 2 in 8.0 s: connection refused}. */
    static String text(PendingRetry retry, Instant now) {
        String when = retry.next()
                .filter(time -> time.isAfter(now))
                .map(time -> " in " + TimeText.duration(now, time))
                .orElse("");
        return "try %d%s: %s".formatted(retry.attempt(), when, clean(retry.why()));
    }

    private static String text(CheckResult check) {
        return String.format(Locale.ROOT, "    %-13s %s", check.check(), clean(check.says()));
    }

    static String mark(StepReport.StepState state) {
        return switch (state) {
            case RUNNING -> "⋯";
            case WAITING -> "⏸";
            case DONE, NOT_NEEDED -> "✔";
            case FAILED, NOT_TAKEN_BACK -> "✘";
            case TAKEN_BACK -> "↩";
        };
    }

    private static String time(StepReport step, Instant now) {
        return switch (step.state()) {
            case NOT_NEEDED -> "–";
            case WAITING -> "";
            case RUNNING, DONE, FAILED, TAKEN_BACK, NOT_TAKEN_BACK ->
                TimeText.duration(step.started(), step.ended().orElse(now));
        };
    }

    /** Removes control characters and invisible ones, so that texts of a node or a cloud cannot control the operator's terminal. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().map(point -> isHidden(point) ? ' ' : point).forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /** Whether the character is of Unicode's categories C, but for unassigned ones, or separates lines. */
    public static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
