package dev.sluice.starter.command;

import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.Times;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Runs as lines. */
final class ListText {
    private ListText() {}

    /** Open ones first, then the newest: Temporal's own list has no order to ask for. */
    static List<RunState> ordered(List<RunState> runs) {
        return runs.stream()
                .sorted(Comparator.comparing((RunState run) -> !run.open())
                        .thenComparing(RunState::started, Comparator.reverseOrder()))
                .toList();
    }

    static List<String> lines(List<RunState> runs, Clock clock) {
        int width =
                runs.stream().mapToInt(run -> run.run().shown().length()).max().orElse(0);
        return runs.stream().map(run -> line(run, width, clock)).toList();
    }

    private static String line(RunState run, int width, Clock clock) {
        String took = Times.length(run.started(), run.ended().orElse(clock.instant()));
        return String.format(
                        Locale.ROOT,
                        "%-" + Math.max(1, width) + "s  %-12s  %s  %8s  %s",
                        run.run().shown(),
                        run.type(),
                        Times.minute(run.started(), clock),
                        took,
                        run.stuck()
                                ? "stuck: its workflow task fails"
                                : run.phase().filter(phase -> run.open()).orElse(run.status()))
                .stripTrailing();
    }
}
