package dev.sluice.activities.membership;

import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Judges a probation: each pinned answer must succeed, come from its member, and not be much slower than the siblings'. */
final class ProbationJudge {
    private static final double TIMES = 5;
    /** Below this many milliseconds, slowness is noise of the machine. */
    private static final double FLOOR = 250;

    private ProbationJudge() {}

    /** Fails with PROBATION_FAILED. */
    static ProbationReport judge(List<ProbationAnswer> seen, List<NodeName> proxies, Collection<NodeName> members) {
        List<ProbationAnswer> pinned =
                seen.stream().filter(ProbationAnswer::isPinned).toList();
        List<ProbationAnswer> errors =
                pinned.stream().filter(probe -> !probe.kept()).toList();
        String who = members.isEmpty() ? "the members" : ClusterProxies.joinNames(members);
        double own = p95(pinned, ProbationAnswer::kept);
        double siblings = p95(seen, probe -> !probe.isPinned() && probe.succeeded() && !named(probe, members));
        if (!errors.isEmpty()) {
            throw failed("%s: %d of %d pinned requests through %s failed; the first: %s"
                    .formatted(
                            who,
                            errors.size(),
                            pinned.size(),
                            ClusterProxies.joinNames(proxies),
                            describeAnswer(errors.get(0))));
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
        return new ProbationReport(pinned.size(), 0, own, siblings, describe(pinned.size(), proxies, own, siblings));
    }

    private static boolean named(ProbationAnswer probe, Collection<NodeName> members) {
        return members.stream().anyMatch(name -> name.value().equals(probe.member()));
    }

    private static String describe(int requests, List<NodeName> proxies, double own, double siblings) {
        if (requests == 0) {
            return "no member for requests";
        }
        return "%d pinned requests through %s, 0 errors, p95 %.0f ms (%s)"
                .formatted(
                        requests,
                        ClusterProxies.joinNames(proxies),
                        own,
                        siblings > 0 ? "siblings %.0f ms".formatted(siblings) : "no siblings");
    }

    private static String describeAnswer(ProbationAnswer probe) {
        String code = probe.code() == 0 ? "no answer" : Integer.toString(probe.code());
        String by = probe.member().isEmpty() ? "no member" : probe.member();
        return "%s from %s for a request to %s, through %s".formatted(code, by, probe.pinned(), probe.proxy());
    }

    /** The smallest time that 95 of 100 do not exceed; 0 without any. */
    private static double p95(List<ProbationAnswer> probes, Predicate<ProbationAnswer> which) {
        double[] sorted = probes.stream()
                .filter(which)
                .mapToDouble(ProbationAnswer::millis)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
    }

    private static ApplicationFailure failed(String sentence) {
        return TypedFailures.of(FailureType.PROBATION_FAILED, sentence);
    }
}
