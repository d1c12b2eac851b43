package dev.sluice.starter.text;

import dev.sluice.starter.run.RunState;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes runs as lines. */
public final class RunListText {
    private RunListText() {}

    /** Sorts open runs first, then the newest: Temporal's list has no defined order. */
    public static List<RunState> ordered(List<RunState> runs) {
        return runs.stream()
                .sorted(Comparator.comparing((RunState run) -> !run.open())
                        .thenComparing(RunState::started, Comparator.reverseOrder()))
                .toList();
    }

    public static List<String> lines(List<RunState> runs, Clock clock) {
        int width = runs.stream()
                .mapToInt(run -> run.run().displayName().length())
                .max()
                .orElse(0);
        return runs.stream().map(run -> line(run, width, clock)).toList();
    }

    private static String line(RunState run, int width, Clock clock) {
        String took = TimeText.duration(run.started(), run.ended().orElse(clock.instant()));
        return String.format(
                        Locale.ROOT,
                        "%-" + Math.max(1, width) + "s  %-12s  %s  %8s  %s",
                        run.run().displayName(),
                        run.type(),
                        TimeText.minute(run.started(), clock),
                        took,
                        run.stuck()
                                ? "stuck: its workflow task fails"
                                : run.phase().filter(phase -> run.open()).orElse(run.status()))
                .stripTrailing();
    }
}
