package dev.sluice.activities.cloud.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What all who share the token have sent in the last minute: our own requests as they are sent, those of others as the
 * answers' count of what is left of the hour drops by more than ours. Not for several threads at once.
 */
final class RequestWindow {
    /** DigitalOcean's limit for one token (docs.digitalocean.com/reference/api, "Rate Limit"). */
    private static final int LIMIT = 250;

    /** A second more than DigitalOcean's, which begins when it gets the request. */
    private static final Duration LENGTH = Duration.ofSeconds(61);

    /** No more than the client's connections can be on their way. */
    private static final int MOST_UNDER_WAY = 16;

    /** An answer that says more is left than one before was overtaken by it; later on, old requests were forgotten. */
    private static final Duration OVERTAKEN = Duration.ofSeconds(5);

    private record SentRequests(Instant at, int requests, boolean byOthers) {}

    private final Deque<SentRequests> sent = new ArrayDeque<>();
    /** Of our own, those that no answer's count has shown yet. */
    private int underWay;

    private int leftOfHour = Integer.MAX_VALUE;
    private Instant told = Instant.EPOCH;

    /** How many more may be sent now. */
    int remaining(Instant now) {
        return LIMIT - used(now);
    }

    /** How many were sent. */
    int used(Instant now) {
        forget(now);
        return sent.stream().mapToInt(SentRequests::requests).sum();
    }

    /** How many of them by others. */
    int others(Instant now) {
        forget(now);
        return sent.stream()
                .filter(SentRequests::byOthers)
                .mapToInt(SentRequests::requests)
                .sum();
    }

    /** When at least that many may be sent; the past if they may be sent now. */
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
        sent.addLast(new SentRequests(now, 1, false));
        underWay = Math.min(underWay + 1, MOST_UNDER_WAY);
    }

    /** An answer says how many are left of the hour. */
    void recordRemaining(int ofHour, Instant now) {
        if (ofHour > leftOfHour && now.isBefore(told.plus(OVERTAKEN))) {
            return;
        }
        // What others sent before the last minute is of no interest now.
        int dropped = told.isBefore(now.minus(LENGTH)) ? 0 : Math.max(0, leftOfHour - ofHour);
        int byOthers = dropped - underWay;
        if (byOthers > 0) {
            sent.addLast(new SentRequests(now, byOthers, true));
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
