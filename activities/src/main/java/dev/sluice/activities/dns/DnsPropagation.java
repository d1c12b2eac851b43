package dev.sluice.activities.dns;

import dev.sluice.activities.heartbeat.HeartbeatStarter;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the zone's servers answer, and the wait until all of them answer what the API was told. */
final class DnsPropagation {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Clock clock;

    DnsPropagation(Clock clock) {
        this.clock = clock;
    }

    /** What the first server that answers says. */
    static List<Ipv4Address> query(List<ZoneNameServer> servers, String name) {
        List<String> silent = new ArrayList<>();
        for (ZoneNameServer server : servers) {
            try {
                return server.addresses(name);
            } catch (IOException lost) {
                silent.add(server + ": " + lost.getMessage());
            }
        }
        throw TypedFailures.of(
                FailureType.CLOUD_BUSY, "No server of %s answers (%s).".formatted(name, String.join("; ", silent)));
    }

    /** Waits until every server answers the address, or none does; whether it had to wait. */
    boolean awaitAnswer(
            boolean wanted,
            List<ZoneNameServer> servers,
            String name,
            Ipv4Address address,
            HeartbeatStarter.StepHeartbeat beat) {
        Instant end = clock.instant().plus(PATIENCE);
        Duration pause = FIRST_PAUSE;
        while (true) {
            List<String> others = others(wanted, servers, name, address);
            if (others.isEmpty()) {
                return !pause.equals(FIRST_PAUSE);
            }
            if (!clock.instant().isBefore(end)) {
                throw TypedFailures.of(
                        FailureType.CLOUD_BUSY,
                        "After %d s %s for %s, expected %s %s."
                                .formatted(
                                        PATIENCE.toSeconds(),
                                        String.join(" and ", others),
                                        name,
                                        wanted ? "with" : "without",
                                        address));
            }
            beat.pause(pause);
            pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        }
    }

    private static List<String> others(boolean wanted, List<ZoneNameServer> servers, String name, Ipv4Address address) {
        List<String> others = new ArrayList<>();
        for (ZoneNameServer server : servers) {
            try {
                List<Ipv4Address> answer = server.addresses(name);
                if (answer.contains(address) != wanted) {
                    others.add(server + " answers " + answer);
                }
            } catch (IOException lost) {
                others.add(server + " is silent (" + lost.getMessage() + ")");
            }
        }
        return others;
    }
}
