package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.CheckCluster.ToldFinding;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The previous check's report: how long findings have lasted, and what people were told. */
final class PreviousCheck {
    /** A finding that lasts is told again. */
    private static final Duration AGAIN = Duration.ofDays(1);

    /** So many checks without a finding end it, so that one which comes and goes is told once. */
    private static final int GONE = 3;

    private static final int MOST_TOLD = 200;

    private final Map<String, CheckFinding> found = new HashMap<>();
    private final List<ToldFinding> told;

    private PreviousCheck(@Nullable CheckReport before) {
        if (before != null) {
            before.found().forEach(one -> found.putIfAbsent(one.key(), one));
        }
        told = before == null ? List.of() : before.told();
    }

    static PreviousCheck of(@Nullable CheckReport before) {
        return new PreviousCheck(before);
    }

    /** Returns the findings with their number of checks in a row. */
    List<CheckFinding> withStrikes(List<CheckFinding> now) {
        return now.stream()
                .map(one -> {
                    CheckFinding before = found.get(one.key());
                    return before == null ? one : one.continued(before.since(), before.strikes() + 1);
                })
                .toList();
    }

    /**
     * What is to be told.
     *
     * @param news findings that nobody was told, or not for a day
     * @param over what was told earlier and is gone
     * @param next what counts as told once this was told
     */
    record News(List<CheckFinding> news, List<ToldFinding> over, List<ToldFinding> next) {}

    News news(List<CheckFinding> now, int strikes, Instant at) {
        Map<String, ToldFinding> before =
                told.stream().collect(Collectors.toMap(ToldFinding::key, one -> one, (one, same) -> one));
        Map<String, CheckFinding> present = new HashMap<>();
        now.forEach(one -> present.putIfAbsent(one.key(), one));
        List<CheckFinding> news = present.values().stream()
                .filter(one -> one.status() != CheckStatus.WARN && one.strikes() >= strikes)
                .filter(one -> isDue(before.get(one.key()), at))
                .toList();
        Set<String> newKeys = news.stream().map(CheckFinding::key).collect(Collectors.toSet());
        List<ToldFinding> over = new ArrayList<>();
        List<ToldFinding> next = new ArrayList<>();
        before.values().stream().filter(one -> !newKeys.contains(one.key())).forEach(one -> {
            if (present.containsKey(one.key())) {
                next.add(new ToldFinding(one.key(), one.says(), one.at(), 0));
            } else if (one.absent() + 1 >= GONE) {
                over.add(one);
            } else {
                next.add(new ToldFinding(one.key(), one.says(), one.at(), one.absent() + 1));
            }
        });
        news.stream()
                .limit(Math.max(0, MOST_TOLD - next.size()))
                .forEach(one -> next.add(new ToldFinding(one.key(), one.says(), at, 0)));
        return new News(news, over, next);
    }

    private static boolean isDue(@Nullable ToldFinding before, Instant at) {
        return before == null || !at.isBefore(before.at().plus(AGAIN));
    }

    /** What was told by then, for a run that tells nothing. */
    List<ToldFinding> told() {
        return told;
    }
}
