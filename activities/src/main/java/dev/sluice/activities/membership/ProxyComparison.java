package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.activities.probe.ClientProbeResult.ProbeAnswer;
import dev.sluice.workflows.activity.ProxyActivities.CompareOrder;
import dev.sluice.workflows.activity.ProxyActivities.CompareReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Compares a published proxy with its siblings as a client sees them: status, certificate and answering member. */
final class ProxyComparison {
    private static final int PROBES = 3;
    private static final Duration PAUSE = Duration.ofMillis(700);

    private final ClientProbe visitor;
    private final CompareOrder order;

    ProxyComparison(ClientProbe visitor, CompareOrder order) {
        this.visitor = visitor;
        this.order = order;
    }

    /** Fails if a difference persists for three probes, since a proxy that reloads does not answer for a moment. */
    CompareReport compare(Node proxy, List<Node> siblings) {
        ProbedProxies last = Poll.every(PAUSE)
                .times(PROBES)
                .await(
                        () -> probeAll(proxy, siblings),
                        probed -> probed.difference().isEmpty());
        if (last.difference().isPresent()) {
            throw TypedFailures.of(
                    FailureType.PROXY_DIFFERS,
                    "%s at %s %s"
                            .formatted(
                                    proxy.name(),
                                    last.own().address(),
                                    last.difference().get()));
        }
        return new CompareReport(last.siblings().size(), describe(last.own(), last.siblings()));
    }

    private ProbedProxies probeAll(Node proxy, List<Node> siblings) {
        ActivityHeartbeat.throwIfCancelled();
        List<ClientProbeResult> others =
                ClusterProxies.inParallel(siblings, sibling -> probe(sibling.publicAddress())).stream()
                        .filter(other -> other.answer().isPresent())
                        .toList();
        return new ProbedProxies(probe(proxy.publicAddress()), others);
    }

    /** The answers of the proxy and of those siblings that answer. */
    private record ProbedProxies(ClientProbeResult own, List<ClientProbeResult> siblings) {
        Optional<String> difference() {
            return siblings.stream()
                    .flatMap(other -> ProxyComparison.difference(own, other).stream())
                    .findFirst();
        }
    }

    private ClientProbeResult probe(Ipv4Address address) {
        return visitor.probe(address, order.port(), order.host(), order.path());
    }

    private static Optional<String> difference(ClientProbeResult own, ClientProbeResult other) {
        ProbeAnswer theirs = other.answer().orElseThrow();
        if (own.answer().isEmpty()) {
            return Optional.of("%s; its sibling %s %s".formatted(own.describe(), other.address(), other.describe()));
        }
        ProbeAnswer ours = own.answer().get();
        if (ours.status() != theirs.status()) {
            return Optional.of("%s; its sibling %s %s".formatted(own.describe(), other.address(), other.describe()));
        }
        if (isOlder(ours, theirs)) {
            return Optional.of("shows the certificate %s, which ends %s; its sibling %s shows %s, which ends %s"
                    .formatted(shortened(ours), ours.ends(), other.address(), shortened(theirs), theirs.ends()));
        }
        if (ours.member().isEmpty() && !theirs.member().isEmpty()) {
            return Optional.of("answers without a member; its sibling %s answers with the member %s"
                    .formatted(other.address(), theirs.member()));
        }
        return Optional.empty();
    }

    /** Whether the certificate differs and does not end later; a later one was renewed, as on new proxies. */
    private static boolean isOlder(ProbeAnswer ours, ProbeAnswer theirs) {
        return !ours.certificate().equals(theirs.certificate()) && !ours.ends().isAfter(theirs.ends());
    }

    private static String shortened(ProbeAnswer answer) {
        return answer.certificate().substring(0, 12);
    }

    private static String describe(ClientProbeResult own, List<ClientProbeResult> others) {
        if (others.isEmpty()) {
            return "%s; no sibling answers to compare it with".formatted(own.describe());
        }
        return "%s as its %d siblings do".formatted(own.describe(), others.size());
    }
}
