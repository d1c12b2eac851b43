package dev.sluice.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.conversation.HostilePeer.HostileManner;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;

/** What holds for each client of a peer: it comes back soon after its limit, with an answer or a failure, whatever the peer does. */
public interface HostilePeerContract {
    Duration LIMIT = Duration.ofSeconds(1);

    /** Sent by the peer before it misbehaves: the client then reads a body and no head. */
    default String firstWords() {
        return "";
    }

    /** Has one conversation with that limit with the peer at that port of 127.0.0.1. */
    void talk(int port) throws Exception;

    @ParameterizedTest
    @HostilePeer.EachManner
    default void comesBackSoonAfterItsLimit(HostileManner manner) throws Exception {
        try (HostilePeer peer = HostilePeer.plain(manner, firstWords())) {
            long begun = System.nanoTime();
            try {
                talk(peer.port());
            } catch (Exception failure) {
                assertThat(failure.getMessage()).as("says why").isNotNull().isNotBlank();
            }
            // Twice the limit and a second: a busy machine is no fault of the client.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT.multipliedBy(3));
        }
    }
}
