package dev.sluice.activities.membership;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Judges a probation: every pinned answer good and the member's own, and none of them much slower than the siblings'. */
final class Judgement {
    private static final double TIMES = 5;
    /** Below this many milliseconds slowness is the machine's noise, not the member's. */
    private static final double FLOOR = 250;

    private Judgement() {}

    /** Fails with PROBATION_FAILED. */
    static ProbationReport of(List<Probe> seen, List<NodeName> proxies, Collection<NodeName> members) {
        List<Probe> pinned = seen.stream().filter(Probe::isPinned).toList();
        List<Probe> errors = pinned.stream().filter(probe -> !probe.kept()).toList();
        String who = members.isEmpty() ? "the members" : Proxies.words(members);
        double own = p95(pinned, Probe::kept);
        double siblings = p95(seen, probe -> !probe.isPinned() && probe.succeeded() && !named(probe, members));
        if (!errors.isEmpty()) {
            throw failed("%s: %d of %d pinned requests through %s went wrong; the first: %s"
                    .formatted(who, errors.size(), pinned.size(), Proxies.words(proxies), words(errors.get(0))));
        }
        for (NodeName proxy : proxies) {
            if (!members.isEmpty()
                    && pinned.stream().noneMatch(probe -> probe.proxy().equals(proxy))) {
                throw failed("%s: no pinned request went through %s".formatted(who, proxy));
            }
        }
        if (siblings > 0 && own > FLOOR && own > TIMES * siblings) {
            throw failed(
                    "%s: p95 of %d pinned requests is %.0f ms, its siblings' is %.0f ms; expected at most %.0f times that or %.0f ms"
                            .formatted(who, pinned.size(), own, siblings, TIMES, FLOOR));
        }
        return new ProbationReport(pinned.size(), 0, own, siblings, says(pinned.size(), proxies, own, siblings));
    }

    private static boolean named(Probe probe, Collection<NodeName> members) {
        return members.stream().anyMatch(name -> name.value().equals(probe.member()));
    }

    private static String says(int requests, List<NodeName> proxies, double own, double siblings) {
        if (requests == 0) {
            return "no member to send requests to";
        }
        return "%d pinned requests through %s, 0 errors, p95 %.0f ms (%s)"
                .formatted(
                        requests,
                        Proxies.words(proxies),
                        own,
                        siblings > 0 ? "siblings %.0f ms".formatted(siblings) : "no siblings");
    }

    private static String words(Probe probe) {
        String code = probe.code() == 0 ? "no answer" : Integer.toString(probe.code());
        String by = probe.member().isEmpty() ? "no member" : probe.member();
        return "%s from %s when %s was asked for, through %s".formatted(code, by, probe.pinned(), probe.proxy());
    }

    /** The smallest time that 95 of 100 do not exceed; 0 without any. */
    private static double p95(List<Probe> probes, Predicate<Probe> which) {
        double[] sorted = probes.stream()
                .filter(which)
                .mapToDouble(Probe::millis)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
    }

    private static io.temporal.failure.ApplicationFailure failed(String sentence) {
        return Failures.of(FailureType.PROBATION_FAILED, sentence + ".");
    }
}
