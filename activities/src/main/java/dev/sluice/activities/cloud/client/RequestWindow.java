package dev.sluice.activities.cloud.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the requests with the token in the last minute: its own as they are sent, those of other programs as the
 * remaining requests of the hour drop by more than its own. Not thread-safe.
 */
final class RequestWindow {
    /** DigitalOcean's limit for one token (docs.digitalocean.com/reference/api, "Rate Limit"). */
    private static final int LIMIT = 250;

    /** A second longer than DigitalOcean's minute, which begins when the request arrives. */
    private static final Duration LENGTH = Duration.ofSeconds(61);

    /** At most as many requests as the client has connections can be in progress. */
    private static final int MOST_UNDER_WAY = 16;

    /** A higher count within this time is an older answer that arrived late; after it, old requests have expired. */
    private static final Duration OVERTAKEN = Duration.ofSeconds(5);

    private enum Sender {
        SELF,
        OTHERS
    }

    private record SentRequests(Instant at, int requests, Sender sender) {}

    private final Deque<SentRequests> sent = new ArrayDeque<>();
    /** Own requests that no answer's count has shown yet. */
    private int underWay;

    private int leftOfHour = Integer.MAX_VALUE;
    private Instant told = Instant.EPOCH;

    /** Number of requests that may be sent now. */
    int remaining(Instant now) {
        return LIMIT - used(now);
    }

    /** Number of requests sent. */
    int used(Instant now) {
        forget(now);
        return sent.stream().mapToInt(SentRequests::requests).sum();
    }

    /** Number of requests sent by other programs. */
    int others(Instant now) {
        forget(now);
        return sent.stream()
                .filter(one -> one.sender() == Sender.OTHERS)
                .mapToInt(SentRequests::requests)
                .sum();
    }

    /** The time when at least that many may be sent; the past if that is now. */
    Instant hasLeft(int many, Instant now) {
        int over = many - remaining(now);
        if (over <= 0) {
            return Instant.MIN;
        }
        Instant free = now;
        for (SentRequests oldest : sent) {
            over -= oldest.requests();
            free = oldest.at().plus(LENGTH);
            if (over <= 0) {
                break;
            }
        }
        return free;
    }

    void recordOwnRequest(Instant now) {
        sent.addLast(new SentRequests(now, 1, Sender.SELF));
        underWay = Math.min(underWay + 1, MOST_UNDER_WAY);
    }

    /** Records the remaining requests of the hour from an answer. */
    void recordRemaining(int ofHour, Instant now) {
        if (ofHour > leftOfHour && now.isBefore(told.plus(OVERTAKEN))) {
            return;
        }
        // Requests of other programs before the last minute do not count.
        int dropped = told.isBefore(now.minus(LENGTH)) ? 0 : Math.max(0, leftOfHour - ofHour);
        int byOthers = dropped - underWay;
        if (byOthers > 0) {
            sent.addLast(new SentRequests(now, byOthers, Sender.OTHERS));
        }
        underWay = Math.max(0, underWay - dropped);
        leftOfHour = ofHour;
        told = now;
    }

    private void forget(Instant now) {
        while (!sent.isEmpty() && !sent.getFirst().at().plus(LENGTH).isAfter(now)) {
            sent.removeFirst();
        }
    }
}
