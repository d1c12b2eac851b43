package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Duration;

/** Reloads one proxy gracefully and proves it, when its running Apache has few slots left for members. */
final class GracefulReload {
    /** After this number of live joins since Apache loaded its files, a reload frees slots while a node boots. */
    static final int LIVE_JOINS = 8;

    /** The same if a deployment has to wait for the reload. A change of 16 parallel nodes stays below; Apache has 64 slots. */
    static final int SCARCE = 3 * LIVE_JOINS;

    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Reloads if the script found no free slot for a member. */
    void reloadIfFull(ProxyConnection proxy, ScriptOutput facts) {
        if (facts.is("state", "full") || facts.is("full", "yes")) {
            reloadNow(proxy);
        }
    }

    /** Makes the running Apache equal its files without a reload as far as possible; that many live joins require a reload. */
    ReconcileResult reconcile(ProxyConnection proxy, int liveJoins) {
        ScriptOutput facts = proxy.ask(ProxyScript.RECONCILE);
        boolean needed = facts.is("full", "yes") || facts.number("live") >= liveJoins;
        return new ReconcileResult(
                facts.number("members"), needed, facts.is("repaired", "yes"), facts.is("started", "yes"));
    }

    /** Reloads unless another run has done so since the reconciliation; returns whether it did. */
    boolean reloadIfNeeded(ProxyConnection proxy, int liveJoins) {
        return reload(proxy, Integer.toString(liveJoins)).is("graceful", "yes");
    }

    void reloadNow(ProxyConnection proxy) {
        reload(proxy);
    }

    /** Waits while an older generation still serves requests, since each reload meanwhile would occupy more slots. */
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

    /** How one proxy was reconciled; {@code graceful} states that it needs a reload, and at the end that it had one. */
    record ReconcileResult(int members, boolean graceful, boolean repaired, boolean started) {
        ReconcileResult reloaded(boolean done) {
            return new ReconcileResult(members, done, repaired, started);
        }

        boolean changed() {
            return graceful || repaired || started;
        }
    }
}
