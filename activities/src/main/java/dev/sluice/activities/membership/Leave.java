package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes a member out: no new requests on any proxy, those in flight answered, then its file goes. */
final class Leave {
    private static final int CHUNK_SECONDS = 3;
    private static final Duration CHUNK_LIMIT = Duration.ofSeconds(12);
    private static final Set<String> PUT_BACK = Set.of("joined", "leaving");

    private final Duration drain;
    private final Reload reload;

    Leave(Duration drain, Reload reload) {
        this.drain = drain;
        this.reload = reload;
    }

    void from(List<Proxy> all, LeaveOrder order) {
        disable(all, order);
        List<String> busy = drained(all, order);
        if (!busy.isEmpty() && !order.ownNode() && !order.again()) {
            throw Failures.of(
                    FailureType.PROXY_REFUSED,
                    "%s takes no new requests any more but is not proven drained after %d s: %s."
                            .formatted(order.member().name(), drain.toSeconds(), String.join("; ", busy)));
        }
        Proxies.atOnce(all, proxy -> proxy.ask(Verb.LEFT, order.member().name().value()));
    }

    /** One after the other in the order of names; what one proxy's guard refuses is taken back on those before it. */
    private static void disable(List<Proxy> all, LeaveOrder order) {
        String name = order.member().name().value();
        String url = ApacheMembership.url(order.member());
        List<Proxy> done = new ArrayList<>();
        for (Proxy proxy : all) {
            Heartbeats.stillWanted();
            try {
                Facts facts = proxy.ask(
                        Verb.LEAVE, name, url, Integer.toString(order.minimum()), order.ownNode() ? "yes" : "no");
                if (PUT_BACK.contains(facts.text("state"))) {
                    done.add(proxy);
                }
            } catch (ApplicationFailure refused) {
                if (ApacheMembership.isGuard(refused)) {
                    done.forEach(earlier -> earlier.ask(Verb.STAY, name));
                }
                throw refused;
            }
        }
    }

    /** What is still going on where; empty when all is drained. */
    private List<String> drained(List<Proxy> all, LeaveOrder order) {
        return Proxies.atOnce(all, proxy -> drained(proxy, order)).stream()
                .filter(words -> !words.isEmpty())
                .toList();
    }

    /**
     * A process of Apache that died leaves its count of requests in flight behind for ever; only a reload sets it right,
     * and afterwards the old processes show what is really in flight.
     */
    private String drained(Proxy proxy, LeaveOrder order) {
        Facts facts = drained(proxy, order, drain);
        if (facts.is("drained", "stuck")) {
            reload.graceful(proxy);
            facts = drained(proxy, order, drain.dividedBy(2));
        }
        return facts.is("drained", "yes")
                ? ""
                : "%s has %s"
                        .formatted(proxy.name(), facts.all("drained").get(0).get(2));
    }

    private static Facts drained(Proxy proxy, LeaveOrder order, Duration limit) {
        String name = order.member().name().value();
        String url = ApacheMembership.url(order.member());
        long waited = 0;
        while (true) {
            Facts facts = proxy.ask(CHUNK_LIMIT, Verb.DRAINED, name, url, Integer.toString(CHUNK_SECONDS));
            waited += CHUNK_SECONDS;
            if (facts.is("drained", "yes") || waited >= limit.toSeconds()) {
                return facts;
            }
        }
    }
}
