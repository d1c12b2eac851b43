package dev.sluice.activities.dns;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Whether enough other proxies would serve without this one: a record alone serves nobody. */
final class PublishedProxyGuard {
    /** A proxy that loads its files anew is silent for up to a second. */
    private static final int PROBES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What a client gets who comes to an address by the service's name. */
    @FunctionalInterface
    interface ProbeFunction {
        ClientProbeResult probe(Ipv4Address address, int port, String host);
    }

    private final ProbeFunction clients;

    PublishedProxyGuard(ProbeFunction clients) {
        this.clients = clients;
    }

    /**
     * Returns if as many of the others serve as the order asks for, else fails with GUARD_REFUSED. Where no address answers
     * this worker, not even that of the proxy that is to go, a firewall lets clients in and not us: then records count.
     */
    void requireOtherProxies(RecordOrder order, String name, List<Ipv4Address> others, ActivityHeartbeat beat) {
        if (order.minimum() == 0) {
            return;
        }
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
            throw refused(order, name, probes);
        }
    }

    private static long serving(List<ClientProbeResult> probes) {
        return probes.stream().filter(ClientProbeResult::serves).count();
    }

    private boolean answers(RecordOrder order, String name) {
        return clients.probe(order.address(), order.port(), name).answer().isPresent();
    }

    private static ApplicationFailure refused(RecordOrder order, String name, List<ClientProbeResult> probes) {
        String silent = probes.stream()
                .filter(probe -> !probe.serves())
                .map(probe -> "; %s %s".formatted(probe.address(), probe.describe()))
                .collect(Collectors.joining());
        return TypedFailures.of(
                FailureType.GUARD_REFUSED,
                "%s A %s stays: without it %d published proxies would serve clients, expected at least %d%s."
                        .formatted(name, order.address(), serving(probes), order.minimum(), silent));
    }
}
