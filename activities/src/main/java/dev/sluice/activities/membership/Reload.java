package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One proven graceful of one proxy, when members joined its running Apache so often that places run out. */
final class Reload {
    /** Members that joined since Apache loaded its files, each with a place of its own; then room is made while a node boots. */
    static final int LIVE_JOINS = 8;

    /** The same where a deployment has to wait for it. A change of 16 nodes side by side stays below; there are 64 places. */
    static final int SCARCE = 3 * LIVE_JOINS;

    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Reloads if the script found no place left for a member. */
    void ifFull(Proxy proxy, Facts facts) {
        if (facts.is("state", "full") || facts.is("full", "yes")) {
            graceful(proxy);
        }
    }

    /** Makes the running Apache equal its files, as far as that goes without a graceful; after so many joins it needs one. */
    Settled settle(Proxy proxy, int liveJoins) {
        Facts facts = proxy.ask(Verb.SETTLE);
        boolean needed = facts.is("full", "yes") || facts.number("live") >= liveJoins;
        return new Settled(facts.number("members"), needed, facts.is("repaired", "yes"), facts.is("started", "yes"));
    }

    /** Reloads, unless nothing needs it any more: another run may have done so since it was settled. Whether it did. */
    boolean graceful(Proxy proxy, int liveJoins) {
        return reload(proxy, Integer.toString(liveJoins)).is("graceful", "yes");
    }

    void graceful(Proxy proxy) {
        reload(proxy);
    }

    /** Waits for an older generation that still answers requests; each reload meanwhile would take more of its slots. */
    private static Facts reload(Proxy proxy, String... unlessFewer) {
        long deadline = System.nanoTime() + BUSY.toNanos();
        while (true) {
            try {
                return proxy.ask(Verb.GRACEFUL, unlessFewer);
            } catch (Proxy.Busy busy) {
                if (System.nanoTime() > deadline) {
                    throw Failures.of(
                            FailureType.PROXY_REFUSED,
                            "No reload for %d s: %s.".formatted(BUSY.toSeconds(), busy.getMessage()));
                }
                Heartbeats.stillWanted();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** How one proxy came to run what its files say; {@code graceful} says that it needs one, and in the end that it had one. */
    record Settled(int members, boolean graceful, boolean repaired, boolean started) {
        Settled reloaded(boolean done) {
            return new Settled(members, done, repaired, started);
        }

        boolean changed() {
            return graceful || repaired || started;
        }
    }
}
