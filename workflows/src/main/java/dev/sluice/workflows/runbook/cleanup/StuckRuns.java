package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.Sweep.SweepReport;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.failure.TemporalFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs that a bug of ours holds up: the sweep tells people of each once a day, since every cluster has a sweep. */
public final class StuckRuns {
    public static final String SAYS =
            "its workflow task fails again and again, which is a bug of Sluice: it goes on when a mended worker runs; nothing is lost";

    private final Map<String, LocalDate> told = new HashMap<>();
    private final LocalDate today;

    private StuckRuns(Map<String, LocalDate> before, LocalDate today) {
        this.today = today;
        before.forEach((run, day) -> {
            if (day.equals(today)) {
                told.put(run, day);
            }
        });
    }

    static StuckRuns toldBefore(@Nullable SweepReport last, Instant now) {
        return new StuckRuns(last == null ? Map.of() : last.told(), LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** Whether the sweep tells of it: of all but a sweep that hangs itself, and then no other pass begins. */
    public static boolean isReportedBySweep(ExpiryFinding one) {
        return one.kind() == ExpiryFinding.ExpiryKind.RUN
                && one.status() == CheckStatus.CRITICAL
                && !one.name().startsWith("sweep/");
    }

    Map<String, LocalDate> told() {
        return Map.copyOf(told);
    }

    /** The sentence is why it could not be asked or told. */
    Optional<String> notifyNew(ClusterName cluster, Patience patience, Notifier telling) {
        List<String> news;
        try {
            news = ActivityStubs.runs(patience.brief(), "runs that a bug of ours holds up").stuck(cluster).stream()
                    .filter(run -> !told.containsKey(run))
                    .toList();
        } catch (TemporalFailure failure) {
            return Optional.of(
                    "could not be asked for: " + EndReason.of(failure).sentence());
        }
        if (news.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> failed = telling.send("run-hangs", title(news), lines(news));
        if (failed.isEmpty()) {
            news.forEach(run -> told.put(run, today));
        }
        return failed;
    }

    private static String title(List<String> runs) {
        return runs.size() == 1
                ? "%s hangs on a bug of Sluice".formatted(runs.get(0))
                : "%d runs hang on a bug of Sluice".formatted(runs.size());
    }

    private static List<String> lines(List<String> runs) {
        List<String> lines = new ArrayList<>();
        for (String run : runs) {
            lines.add("%s: %s".formatted(run, SAYS));
            lines.add("sluice show " + run);
        }
        return lines;
    }
}
