package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
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

    /** Answers what was cut, for each proxy that still had something in flight when the order's limit was over. */
    List<String> remove(List<ProxyConnection> all, LeaveOrder order) {
        disable(all, order);
        List<String> cut = ClusterProxies.inParallel(all, proxy -> awaitDrained(proxy, order)).stream()
                .filter(words -> !words.isEmpty())
                .toList();
        ClusterProxies.inParallel(
                all,
                proxy -> proxy.ask(ProxyScript.FORGET, order.member().name().value()));
        return cut;
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
                        order.ownNode() ? "yes" : "no",
                        order.member().health().host());
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

    /** What is still in flight at the end of the limit; empty when all is answered. */
    private static String awaitDrained(ProxyConnection proxy, LeaveOrder order) {
        String name = order.member().name().value();
        String url = ApacheMembershipActivities.url(order.member());
        long left = Math.max(1, order.drain().toSeconds());
        while (true) {
            long chunk = Math.min(left, CHUNK_SECONDS);
            ScriptOutput facts = proxy.ask(CHUNK_LIMIT, ProxyScript.AWAIT_DRAINED, name, url, Long.toString(chunk));
            left -= chunk;
            if (facts.is("drained", "yes")) {
                return "";
            }
            if (left <= 0) {
                return "%s (%s)".formatted(facts.all("drained").get(0).get(3), proxy.name());
            }
        }
    }
}
