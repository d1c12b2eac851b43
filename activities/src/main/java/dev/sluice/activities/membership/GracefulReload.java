package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Duration;

/** One proven graceful of one proxy, when members joined its running Apache so often that places run out. */
final class GracefulReload {
    /** Members that joined since Apache loaded its files, each with a place of its own; then room is made while a node boots. */
    static final int LIVE_JOINS = 8;

    /** The same where a deployment has to wait for it. A change of 16 nodes side by side stays below; there are 64 places. */
    static final int SCARCE = 3 * LIVE_JOINS;

    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Reloads if the script found no place left for a member. */
    void reloadIfFull(ProxyConnection proxy, ScriptOutput facts) {
        if (facts.is("state", "full") || facts.is("full", "yes")) {
            reloadNow(proxy);
        }
    }

    /** Makes the running Apache equal its files, as far as that goes without a graceful; after so many joins it needs one. */
    SettleResult settle(ProxyConnection proxy, int liveJoins) {
        ScriptOutput facts = proxy.ask(ProxyScript.SETTLE);
        boolean needed = facts.is("full", "yes") || facts.number("live") >= liveJoins;
        return new SettleResult(
                facts.number("members"), needed, facts.is("repaired", "yes"), facts.is("started", "yes"));
    }

    /** Reloads, unless nothing needs it any more: another run may have done so since it was settled. Whether it did. */
    boolean reloadIfNeeded(ProxyConnection proxy, int liveJoins) {
        return reload(proxy, Integer.toString(liveJoins)).is("graceful", "yes");
    }

    void reloadNow(ProxyConnection proxy) {
        reload(proxy);
    }

    /** Waits for an older generation that still answers requests; each reload meanwhile would take more of its slots. */
    private static ScriptOutput reload(ProxyConnection proxy, String... unlessFewer) {
        try {
            return Poll.every(PAUSE)
                    .until(BUSY)
                    .retry(
                            () -> {
                                ActivityHeartbeat.throwIfCancelled();
                                return proxy.ask(ProxyScript.GRACEFUL, unlessFewer);
                            },
                            ProxyConnection.ProxyBusyException.class::isInstance);
        } catch (ProxyConnection.ProxyBusyException busy) {
            throw TypedFailures.of(
                    FailureType.PROXY_REFUSED, "No reload for %d s: %s".formatted(BUSY.toSeconds(), busy.getMessage()));
        }
    }

    /** How one proxy came to run what its files say; {@code graceful} says that it needs one, and in the end that it had one. */
    record SettleResult(int members, boolean graceful, boolean repaired, boolean started) {
        SettleResult reloaded(boolean done) {
            return new SettleResult(members, done, repaired, started);
        }

        boolean changed() {
            return graceful || repaired || started;
        }
    }
}
