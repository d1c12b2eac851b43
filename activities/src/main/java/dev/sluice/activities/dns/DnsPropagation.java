package dev.sluice.activities.dns;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the zone's servers answer, and the wait until all of them answer what the API was told. */
final class DnsPropagation {
    private static final Duration LIMIT = Duration.ofSeconds(60);
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
            boolean wanted, List<ZoneNameServer> servers, String name, Ipv4Address address, ActivityHeartbeat beat) {
        Poll poll = Poll.every(Poll.doubling(FIRST_PAUSE, LONGEST_PAUSE), beat::pause)
                .until(clock, LIMIT);
        List<String> others = poll.await(() -> others(wanted, servers, name, address), List::isEmpty);
        if (!others.isEmpty()) {
            throw TypedFailures.of(
                    FailureType.CLOUD_BUSY,
                    "After %d s %s for %s, expected %s %s"
                            .formatted(
                                    LIMIT.toSeconds(),
                                    String.join(" and ", others),
                                    name,
                                    wanted ? "with" : "without",
                                    address));
        }
        return !poll.lastPause().isZero();
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
