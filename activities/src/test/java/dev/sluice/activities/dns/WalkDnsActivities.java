package dev.sluice.activities.dns;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.model.node.Ipv4Address;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The steps of the records where somebody else knows who serves: behind a walk's addresses there are no proxies. */
public final class WalkDnsActivities {
    private WalkDnsActivities() {}

    public static DnsActivities steps(
            DomainApi zones,
            ClusterNodes fleet,
            String server,
            Predicate<Ipv4Address> serves,
            ActivityHeartbeat.Starter heart,
            Clock clock) {
        return new DigitalOceanDnsActivities(
                zones,
                fleet,
                new AuthoritativeServers(Optional.of(server), Optional.empty()),
                (address, port, host) -> visit(address, serves.test(address)),
                cluster -> address -> true,
                heart,
                clock);
    }

    private static ClientProbeResult visit(Ipv4Address address, boolean serves) {
        return serves
                ? new ClientProbeResult(
                        address, Optional.of(new ClientProbeResult.ProbeAnswer(200, "00", Instant.EPOCH, "")), "")
                : new ClientProbeResult(address, Optional.empty(), "connection refused");
    }
}
