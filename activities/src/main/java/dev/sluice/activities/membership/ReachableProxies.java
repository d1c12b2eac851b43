package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An emergency's write: on every proxy that can be reached, all at once, and the others are named. A proxy that is down
 * must not keep a bad member in the traffic of those that serve. A refusal of the guard takes everything back.
 */
final class ReachableProxies {
    /** An emergency does not wait long for a proxy that may be down. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final ClusterProxies proxies;

    /** What came of one proxy: the answer, or the failure. */
    private record ProxyAnswer(
            ProxyConnection proxy, Optional<ScriptOutput> facts, Optional<ApplicationFailure> failure) {
        boolean isRefusedByGuard() {
            return failure.filter(found -> ProxyConnection.isOfType(found, FailureType.GUARD_REFUSED))
                    .isPresent();
        }
    }

    /**
     * What is written.
     *
     * @param done what it does, such as {@code ejected}
     * @param without what a proxy does that lacks it, such as {@code still sends it requests}
     * @param back takes it back on one proxy
     */
    record EmergencyChange(
            String done,
            String without,
            Function<ProxyConnection, ScriptOutput> work,
            Consumer<ProxyConnection> back) {}

    ReachableProxies(ClusterProxies proxies) {
        this.proxies = proxies;
    }

    /** Lists the proxies again after the last write, as long as a new one appears. */
    MembershipReport change(ClusterName cluster, List<NodeName> without, EmergencyChange change) {
        Set<NodeName> known = new HashSet<>();
        List<ProxyAnswer> answers = new ArrayList<>();
        List<Node> missing = proxies.list(cluster, without, ClusterNodes.NOW);
        while (!missing.isEmpty()) {
            answers.addAll(ClusterProxies.inParallel(missing, node -> attempt(node, change)));
            rollBackIfRefused(answers, change);
            missing.forEach(node -> known.add(node.name()));
            missing = proxies.list(cluster, without, ClusterNodes.NOW).stream()
                    .filter(node -> !known.contains(node.name()))
                    .toList();
        }
        return report(answers, change);
    }

    private ProxyAnswer attempt(Node node, EmergencyChange change) {
        ProxyConnection proxy = proxies.connection(node);
        try {
            proxies.requireAnswer(proxy, CONNECT);
            return new ProxyAnswer(proxy, Optional.of(change.work().apply(proxy)), Optional.empty());
        } catch (ApplicationFailure failure) {
            return new ProxyAnswer(proxy, Optional.empty(), Optional.of(failure));
        }
    }

    private static void rollBackIfRefused(List<ProxyAnswer> answers, EmergencyChange change) {
        Optional<ProxyAnswer> refusal =
                answers.stream().filter(ProxyAnswer::isRefusedByGuard).findFirst();
        if (refusal.isPresent()) {
            answers.stream()
                    .filter(answer -> answer.facts()
                            .filter(facts -> facts.is("was", "open"))
                            .isPresent())
                    .forEach(answer -> change.back().accept(answer.proxy()));
            throw refusal.get().failure().orElseThrow();
        }
    }

    private static MembershipReport report(List<ProxyAnswer> answers, EmergencyChange change) {
        List<NodeName> done = answers.stream()
                .filter(answer -> answer.facts().isPresent())
                .map(answer -> answer.proxy().name())
                .toList();
        List<ApplicationFailure> failures =
                answers.stream().flatMap(answer -> answer.failure().stream()).toList();
        if (done.isEmpty() && !failures.isEmpty()) {
            throw allFailed(failures);
        }
        List<String> missing = new ArrayList<>();
        answers.forEach(answer -> {
            answer.failure()
                    .ifPresent(failure -> missing.add("%s %s: %s"
                            .formatted(answer.proxy().name(), change.without(), failure.getOriginalMessage())));
            answer.facts()
                    .map(facts -> facts.text("unfiled"))
                    .filter(words -> !words.isEmpty())
                    .ifPresent(words ->
                            missing.add("%s forgets it at Apache's next reload, since its file cannot be written: %s"
                                    .formatted(answer.proxy().name(), words)));
        });
        return new MembershipReport(done, sentence(done, answers.size(), change), Optional.empty(), missing);
    }

    private static String sentence(List<NodeName> done, int all, EmergencyChange change) {
        if (all == 0) {
            return "no proxy exists yet";
        }
        String names = ClusterProxies.joinNames(done);
        return done.size() == all
                ? "%s on %s".formatted(change.done(), names)
                : "%s on %d of %d proxies: %s".formatted(change.done(), done.size(), all, names);
    }

    /** Unreachable proxies are tried again; a refusal is not. */
    private static ApplicationFailure allFailed(List<ApplicationFailure> failures) {
        boolean unreachable =
                failures.stream().allMatch(failure -> ProxyConnection.isOfType(failure, FailureType.PROXY_UNREACHABLE));
        return unreachable
                ? TypedFailures.of(
                        FailureType.PROXY_UNREACHABLE,
                        failures.stream()
                                .map(ApplicationFailure::getOriginalMessage)
                                .collect(Collectors.joining("; ")))
                : failures.stream()
                        .filter(failure -> !ProxyConnection.isOfType(failure, FailureType.PROXY_UNREACHABLE))
                        .findFirst()
                        .orElseThrow();
    }
}
