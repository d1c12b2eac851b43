package dev.sluice.activities.dns;

import dev.sluice.activities.cloud.Zones;
import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.activities.visit.Visit;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.model.Address;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The steps of the records where somebody else knows who serves: behind a walk's addresses there are no proxies. */
public final class DnsOfWalks {
    private DnsOfWalks() {}

    public static DnsActivities steps(
            Zones zones, InetSocketAddress server, Predicate<Address> serves, Heart heart, Clock clock) {
        return new DnsSteps(
                zones,
                Optional.of(server),
                new Delegations(Optional.empty()),
                (address, port, host) -> visit(address, serves.test(address)),
                heart,
                clock);
    }

    private static Visit visit(Address address, boolean serves) {
        return serves
                ? new Visit(address, Optional.of(new Visit.Answer(200, "00", Instant.EPOCH, "")), "")
                : new Visit(address, Optional.empty(), "connection refused");
    }
}
