package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.Fleet;
import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.activities.visit.Visitor;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The proxies' own Apache: whether it answers, whether it runs what its files say, how it serves a member. */
public final class ApacheProxies implements ProxyActivities {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** With the time to connect it stays below the 10 s that the runbooks give the whole check. */
    private static final Duration ANSWER = Duration.ofSeconds(4);

    /** Where the proxies' own listener is, as their scripts know it. */
    private static final int ADMIN = 8081;

    private final Proxies proxies;
    private final Examination examination;
    private final Reload reload = new Reload();
    private final Visitor visitor;

    public ApacheProxies(Fleet fleet, Shells shells, Visitor visitor) {
        this(fleet, shells, visitor, ADMIN);
    }

    ApacheProxies(Fleet fleet, Shells shells, Visitor visitor, int admin) {
        this.visitor = visitor;
        this.proxies = new Proxies(fleet, shells);
        this.examination = new Examination(proxies, admin);
    }

    @Override
    public List<NodeName> checkAll(ClusterName cluster, List<NodeName> withoutProxies) {
        return Heartbeats.during(LIMIT, () -> {
            List<Proxy> all = proxies.reach(proxies.list(cluster, withoutProxies, Fleet.NOW));
            List<String> dead = Proxies.atOnce(all, ApacheProxies::silence).stream()
                    .filter(words -> !words.isEmpty())
                    .toList();
            if (!dead.isEmpty()) {
                throw Failures.of(FailureType.PROXY_UNREACHABLE, String.join(" ", dead));
            }
            return all.stream().map(Proxy::name).toList();
        });
    }

    @Override
    public List<ProxyLook> examine(ClusterName cluster, int port) {
        return Heartbeats.during(
                LIMIT,
                () -> Proxies.atOnce(proxies.list(cluster, List.of(), Fleet.NOW), node -> examination.of(node, port)));
    }

    @Override
    public CompareReport compare(CompareOrder order) {
        return Heartbeats.during(LIMIT, () -> {
            Map<Boolean, List<Node>> serving =
                    proxies.all(order.cluster(), order.withoutProxies(), Fleet.LATELY).stream()
                            .filter(proxy -> proxy.ref().name().equals(order.proxy())
                                    || proxy.state().equals(Optional.of(NodeState.IN_SERVICE)))
                            .flatMap(proxy -> proxy.node().stream())
                            .collect(Collectors.partitioningBy(
                                    node -> node.name().equals(order.proxy())));
            Node own = serving.getOrDefault(true, List.of()).stream()
                    .findFirst()
                    .orElseThrow(() -> Failures.of(
                            FailureType.PROXY_UNREACHABLE, "The cloud knows no proxy %s.".formatted(order.proxy())));
            return new Comparison(visitor, order).of(own, serving.getOrDefault(false, List.of()));
        });
    }

    private static String silence(Proxy proxy) {
        try {
            proxy.ask(ANSWER, Verb.CHECK);
            return "";
        } catch (ApplicationFailure failure) {
            return failure.getOriginalMessage();
        }
    }

    @Override
    public RoomReport makeRoom(RoomOrder order) {
        return Heartbeats.during(LIMIT, () -> {
            List<Node> nodes = Proxies.nodesOf(proxies.lately(order.cluster(), order.withoutProxies()));
            Map<NodeName, Reload.Settled> done = settled(proxies.reach(nodes), Reload.LIVE_JOINS);
            return new RoomReport(done.values().stream().anyMatch(Reload.Settled::changed), says(done));
        });
    }

    @Override
    public ReloadReport reload(ReloadOrder order) {
        int liveJoins = order.inTraffic() ? Reload.SCARCE : Reload.LIVE_JOINS;
        return Heartbeats.during(
                LIMIT,
                () -> report(
                        settled(proxies.reach(order.cluster(), order.proxies(), order.withoutProxies()), liveJoins)));
    }

    /** All are asked at once; those that need a graceful get it one at a time, so that the others take the traffic. */
    private Map<NodeName, Reload.Settled> settled(List<Proxy> all, int liveJoins) {
        List<Reload.Settled> settled = Proxies.atOnce(all, proxy -> reload.settle(proxy, liveJoins));
        Map<NodeName, Reload.Settled> done = new TreeMap<>();
        for (int index = 0; index < all.size(); index++) {
            Heartbeats.stillWanted();
            Reload.Settled one = settled.get(index);
            Proxy proxy = all.get(index);
            done.put(proxy.name(), one.graceful() ? one.reloaded(reload.graceful(proxy, liveJoins)) : one);
        }
        return done;
    }

    private static ReloadReport report(Map<NodeName, Reload.Settled> done) {
        int gracefuls =
                (int) done.values().stream().filter(Reload.Settled::graceful).count();
        int members =
                done.values().stream().mapToInt(Reload.Settled::members).min().orElse(0);
        return new ReloadReport(gracefuls, members, says(done));
    }

    private static String says(Map<NodeName, Reload.Settled> done) {
        if (done.isEmpty()) {
            return "there is no proxy yet";
        }
        List<NodeName> reloaded = names(done, Reload.Settled::graceful);
        List<NodeName> started = names(done, Reload.Settled::started);
        List<NodeName> repaired = names(done, Reload.Settled::repaired);
        String first = reloaded.isEmpty()
                ? "live on %s, no reload needed, proven".formatted(Proxies.words(done.keySet()))
                : "one graceful on %s, proven".formatted(Proxies.words(reloaded));
        return first
                + (started.isEmpty() ? "" : "; Apache was dead and was started on " + Proxies.words(started))
                + (repaired.isEmpty() ? "" : "; made equal to its files on " + Proxies.words(repaired));
    }

    private static List<NodeName> names(
            Map<NodeName, Reload.Settled> done, java.util.function.Predicate<Reload.Settled> which) {
        return done.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public ProbationReport probe(ProbationOrder order) {
        Duration limit = order.watch().multipliedBy(2).plus(LIMIT);
        return Heartbeats.during(limit, () -> {
            List<Proxy> through = proxies.reach(order.cluster(), order.proxies(), order.withoutProxies());
            return new Probation(order).through(through);
        });
    }
}
