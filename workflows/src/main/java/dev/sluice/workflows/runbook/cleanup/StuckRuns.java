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

/** Runs that are stuck on a defect of Sluice. Every cluster's sweep notifies of each once a day. */
public final class StuckRuns {
    public static final String SAYS =
            "its workflow task fails repeatedly, which is a defect of Sluice. It continues once a fixed worker runs; nothing is lost";

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

    static StuckRuns fromReport(@Nullable SweepReport last, Instant now) {
        return new StuckRuns(last == null ? Map.of() : last.told(), LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** Whether the sweep notifies of it: of all but a stuck sweep, during which no other pass begins. */
    public static boolean isReportedBySweep(ExpiryFinding one) {
        return one.kind() == ExpiryFinding.ExpiryKind.RUN
                && one.status() == CheckStatus.CRITICAL
                && !one.name().startsWith("sweep/");
    }

    Map<String, LocalDate> told() {
        return Map.copyOf(told);
    }

    /** Notifies of new stuck runs; returns the reason if that failed. */
    Optional<String> notifyNew(ClusterName cluster, Patience patience, Notifier notifier) {
        List<String> news;
        try {
            news = ActivityStubs.runs(patience.shortCall(), "stuck runs").stuck(cluster).stream()
                    .filter(run -> !told.containsKey(run))
                    .toList();
        } catch (TemporalFailure failure) {
            return Optional.of("could not be read: " + EndReason.of(failure).sentence());
        }
        if (news.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> failed = notifier.send("run-hangs", title(news), lines(news));
        if (failed.isEmpty()) {
            news.forEach(run -> told.put(run, today));
        }
        return failed;
    }

    private static String title(List<String> runs) {
        return runs.size() == 1
                ? "%s is stuck on a defect of Sluice".formatted(runs.get(0))
                : "%d runs are stuck on a defect of Sluice".formatted(runs.size());
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
