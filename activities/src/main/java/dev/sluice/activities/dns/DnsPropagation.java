package dev.sluice.activities.dns;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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

/** Queries the zone's name servers and waits until all of them serve a change. */
final class DnsPropagation {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Clock clock;

    DnsPropagation(Clock clock) {
        this.clock = clock;
    }

    /** Returns the addresses from the first server that answers. */
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
                FailureType.CLOUD_BUSY, "No name server of %s answers (%s)".formatted(name, String.join("; ", silent)));
    }

    /** Waits until every server serves the address; returns whether it had to wait. */
    @CanIgnoreReturnValue
    boolean awaitServed(List<ZoneNameServer> servers, String name, Ipv4Address address, ActivityHeartbeat beat) {
        return await(true, servers, name, address, beat);
    }

    /** Waits until no server serves the address; returns whether it had to wait. */
    boolean awaitRemoved(List<ZoneNameServer> servers, String name, Ipv4Address address, ActivityHeartbeat beat) {
        return await(false, servers, name, address, beat);
    }

    private boolean await(
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
                others.add(server + " does not answer (" + lost.getMessage() + ")");
            }
        }
        return others;
    }
}
