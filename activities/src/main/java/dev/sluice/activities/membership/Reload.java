package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One proven graceful of one proxy, when members joined its running Apache so often that places run out. */
final class Reload {
    /** Members that joined since Apache loaded its files; each took a place of its own. */
    static final int LIVE_JOINS = 8;

    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Reloads if the script found no place left for a member. */
    void ifFull(Proxy proxy, Facts facts) {
        if (facts.is("state", "full") || facts.is("full", "yes")) {
            graceful(proxy);
        }
    }

    /** Makes the running Apache equal its files, as far as that goes without a graceful; whether it needs one. */
    Settled settle(Proxy proxy) {
        Facts facts = proxy.ask(Verb.SETTLE);
        boolean needed = facts.is("full", "yes") || facts.number("live") >= LIVE_JOINS;
        return new Settled(facts.number("members"), needed, facts.is("repaired", "yes"), facts.is("started", "yes"));
    }

    /** Waits for an older generation that still answers requests; each reload meanwhile would take more of its slots. */
    void graceful(Proxy proxy) {
        long deadline = System.nanoTime() + BUSY.toNanos();
        while (true) {
            try {
                proxy.ask(Verb.GRACEFUL);
                return;
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

    /** How one proxy came to run what its files say; {@code graceful} says that only a graceful makes it so. */
    record Settled(int members, boolean graceful, boolean repaired, boolean started) {}
}
