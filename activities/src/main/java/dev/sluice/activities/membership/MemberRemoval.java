package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes a member: stops new requests on every proxy, waits for those in progress, then removes its file. */
final class MemberRemoval {
    private static final int CHUNK_SECONDS = 3;
    private static final Duration CHUNK_LIMIT = Duration.ofSeconds(12);
    private static final Set<String> RESTORABLE = Set.of("joined", "leaving");

    private final Duration drain;
    private final GracefulReload reload;

    MemberRemoval(Duration drain, GracefulReload reload) {
        this.drain = drain;
        this.reload = reload;
    }

    void remove(List<ProxyConnection> all, LeaveOrder order) {
        disable(all, order);
        List<String> busy = awaitDrained(all, order);
        if (!busy.isEmpty() && !order.ownNode() && !order.again()) {
            throw TypedFailures.of(
                    FailureType.PROXY_REFUSED,
                    "%s gets no new requests but is not proven drained after %d s: %s"
                            .formatted(order.member().name(), drain.toSeconds(), String.join("; ", busy)));
        }
        ClusterProxies.inParallel(
                all,
                proxy -> proxy.ask(ProxyScript.FORGET, order.member().name().value()));
    }

    /** Disables the member on one proxy after the other, by name. If a proxy's guard refuses, rolls back on the earlier ones. */
    private static void disable(List<ProxyConnection> all, LeaveOrder order) {
        String name = order.member().name().value();
        String url = ApacheMembershipActivities.url(order.member());
        List<ProxyConnection> done = new ArrayList<>();
        for (ProxyConnection proxy : all) {
            ActivityHeartbeat.throwIfCancelled();
            try {
                ScriptOutput facts = proxy.ask(
                        ProxyScript.LEAVE,
                        name,
                        url,
                        Integer.toString(order.minimum()),
                        order.ownNode() ? "yes" : "no");
                if (RESTORABLE.contains(facts.text("state"))) {
                    done.add(proxy);
                }
            } catch (ApplicationFailure refused) {
                if (ProxyConnection.isOfType(refused, FailureType.GUARD_REFUSED)) {
                    done.forEach(earlier -> earlier.ask(ProxyScript.UNDO_LEAVE, name));
                }
                throw refused;
            }
        }
    }

    /** The requests in progress by proxy; empty once all are drained. */
    private List<String> awaitDrained(List<ProxyConnection> all, LeaveOrder order) {
        return ClusterProxies.inParallel(all, proxy -> awaitDrained(proxy, order)).stream()
                .filter(words -> !words.isEmpty())
                .toList();
    }

    /**
     * Waits for one proxy. A process of Apache that died keeps its count of requests in progress without a limit. Only a
     * reload corrects it; afterwards the old processes show the actual requests.
     */
    private String awaitDrained(ProxyConnection proxy, LeaveOrder order) {
        ScriptOutput facts = pollDrained(proxy, order, drain);
        if (facts.is("drained", "stuck")) {
            reload.reloadNow(proxy);
            facts = pollDrained(proxy, order, drain.dividedBy(2));
        }
        return facts.is("drained", "yes")
                ? ""
                : "%s has %s"
                        .formatted(proxy.name(), facts.all("drained").get(0).get(2));
    }

    private static ScriptOutput pollDrained(ProxyConnection proxy, LeaveOrder order, Duration limit) {
        String name = order.member().name().value();
        String url = ApacheMembershipActivities.url(order.member());
        long waited = 0;
        while (true) {
            ScriptOutput facts =
                    proxy.ask(CHUNK_LIMIT, ProxyScript.AWAIT_DRAINED, name, url, Integer.toString(CHUNK_SECONDS));
            waited += CHUNK_SECONDS;
            if (facts.is("drained", "yes") || waited >= limit.toSeconds()) {
                return facts;
            }
        }
    }
}
