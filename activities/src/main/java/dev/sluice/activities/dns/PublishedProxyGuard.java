package dev.sluice.activities.dns;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks that enough other published proxies serve clients before one is withdrawn. A record alone proves no service. */
final class PublishedProxyGuard {
    /** A proxy that reloads does not answer for up to a second. */
    private static final int PROBES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Requests the service by its name at one address, as a client does. */
    @FunctionalInterface
    interface ProbeFunction {
        ClientProbeResult probe(Ipv4Address address, int port, String host);
    }

    private final ProbeFunction clients;
    private final KnownProxies known;

    /** Tells which addresses are the own ones of a cluster's proxies: one for each machine. */
    @FunctionalInterface
    interface KnownProxies {
        Predicate<Ipv4Address> of(ClusterName cluster);
    }

    PublishedProxyGuard(ProbeFunction clients, KnownProxies known) {
        this.clients = clients;
        this.known = known;
    }

    /**
     * Returns if at least the minimum of other proxies serve, else fails with GUARD_REFUSED. If no address answers this
     * worker, not even that of the proxy to withdraw, a firewall blocks the worker: then the records count.
     */
    void requireOtherProxies(RecordOrder order, String name, List<Ipv4Address> published, ActivityHeartbeat beat) {
        if (order.minimum() == 0) {
            return;
        }
        Predicate<Ipv4Address> proxies = known.of(order.cluster());
        List<Ipv4Address> others = published.stream().filter(proxies).toList();
        List<Ipv4Address> strangers =
                published.stream().filter(proxies.negate()).toList();
        boolean hopeless = others.size() < order.minimum();
        List<ClientProbeResult> probes = Poll.every(() -> PAUSE, beat::pause)
                .times(PROBES)
                .await(
                        () -> others.stream()
                                .map(other -> clients.probe(other, order.port(), name))
                                .toList(),
                        seen -> hopeless || serving(seen) >= order.minimum());
        if (serving(probes) >= order.minimum()) {
            return;
        }
        boolean silent = probes.stream().allMatch(probe -> probe.answer().isEmpty()) && !answers(order, name);
        if (hopeless || !silent) {
            throw refused(order, name, probes, strangers);
        }
    }

    private static long serving(List<ClientProbeResult> probes) {
        return probes.stream().filter(ClientProbeResult::serves).count();
    }

    private boolean answers(RecordOrder order, String name) {
        return clients.probe(order.address(), order.port(), name).answer().isPresent();
    }

    private static ApplicationFailure refused(
            RecordOrder order, String name, List<ClientProbeResult> probes, List<Ipv4Address> strangers) {
        String silent = probes.stream()
                .filter(probe -> !probe.serves())
                .map(probe -> "; %s %s".formatted(probe.address(), probe.describe()))
                .collect(Collectors.joining());
        String uncounted = strangers.stream()
                .map("; %s is the address of no other proxy and does not count"::formatted)
                .collect(Collectors.joining());
        return TypedFailures.of(
                FailureType.GUARD_REFUSED,
                "%s A %s stays: without it %d published proxies would serve clients, expected at least %d%s"
                        .formatted(name, order.address(), serving(probes), order.minimum(), silent + uncounted));
    }
}
