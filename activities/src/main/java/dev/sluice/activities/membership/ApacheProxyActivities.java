package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks, reloads and compares the proxies' Apache, and runs probations through it. */
public final class ApacheProxyActivities implements ProxyActivities {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Together with the time to connect, below the 10 s that the runbooks give the whole check. */
    private static final Duration ANSWER = Duration.ofSeconds(4);

    /** The port of the proxies' admin listener, as in their scripts. */
    private static final int ADMIN = 8081;

    private final ClusterProxies proxies;
    private final ProxyExamination examination;
    private final GracefulReload reload = new GracefulReload();
    private final ClientProbe visitor;

    public ApacheProxyActivities(ClusterNodes fleet, NodeShells shells, ClientProbe visitor) {
        this(fleet, shells, visitor, ADMIN);
    }

    ApacheProxyActivities(ClusterNodes fleet, NodeShells shells, ClientProbe visitor, int admin) {
        this.visitor = visitor;
        this.proxies = new ClusterProxies(fleet, shells);
        this.examination = new ProxyExamination(proxies, admin);
    }

    @Override
    public List<NodeName> checkAll(ClusterName cluster, List<NodeName> withoutProxies) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            List<ProxyConnection> all = proxies.reach(proxies.list(cluster, withoutProxies, ClusterNodes.NOW));
            List<String> dead = ClusterProxies.inParallel(all, ApacheProxyActivities::silence).stream()
                    .filter(words -> !words.isEmpty())
                    .toList();
            if (!dead.isEmpty()) {
                throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, String.join("; ", dead));
            }
            return all.stream().map(ProxyConnection::name).toList();
        });
    }

    @Override
    public List<ProxyFindings> examine(ClusterName cluster, int port) {
        return ActivityHeartbeat.beatWhile(
                LIMIT,
                () -> ClusterProxies.inParallel(
                        proxies.list(cluster, List.of(), ClusterNodes.NOW), node -> examination.examine(node, port)));
    }

    @Override
    public CompareReport compare(CompareOrder order) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            Map<Boolean, List<Node>> serving =
                    proxies.listStatuses(order.cluster(), order.withoutProxies(), ClusterNodes.LATELY).stream()
                            .filter(proxy -> proxy.ref().name().equals(order.proxy())
                                    || proxy.state().equals(Optional.of(NodeState.IN_SERVICE)))
                            .flatMap(proxy -> proxy.node().stream())
                            .collect(Collectors.partitioningBy(
                                    node -> node.name().equals(order.proxy())));
            Node own = serving.getOrDefault(true, List.of()).stream()
                    .findFirst()
                    .orElseThrow(() -> TypedFailures.of(
                            FailureType.PROXY_UNREACHABLE, "DigitalOcean has no proxy %s".formatted(order.proxy())));
            return new ProxyComparison(visitor, order).compare(own, serving.getOrDefault(false, List.of()));
        });
    }

    private static String silence(ProxyConnection proxy) {
        try {
            proxy.ask(ANSWER, ProxyScript.CHECK);
            return "";
        } catch (ApplicationFailure failure) {
            return failure.getOriginalMessage();
        }
    }

    @Override
    public SlotReport makeRoom(SlotOrder order) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            List<Node> nodes = ClusterProxies.nodesOf(proxies.lately(order.cluster(), order.withoutProxies()));
            Map<NodeName, GracefulReload.ReconcileResult> done =
                    reconcileAll(proxies.reach(nodes), GracefulReload.LIVE_JOINS);
            return new SlotReport(
                    done.values().stream().anyMatch(GracefulReload.ReconcileResult::changed), describe(done));
        });
    }

    @Override
    public ReloadReport reload(ReloadOrder order) {
        int liveJoins = order.inTraffic() ? GracefulReload.SCARCE : GracefulReload.LIVE_JOINS;
        return ActivityHeartbeat.beatWhile(
                LIMIT,
                () -> report(reconcileAll(
                        proxies.reach(order.cluster(), order.proxies(), order.withoutProxies()), liveJoins)));
    }

    /** Reconciles all proxies in parallel, then reloads those that need it one at a time, so that the others take the traffic. */
    private Map<NodeName, GracefulReload.ReconcileResult> reconcileAll(List<ProxyConnection> all, int liveJoins) {
        List<GracefulReload.ReconcileResult> results =
                ClusterProxies.inParallel(all, proxy -> reload.reconcile(proxy, liveJoins));
        Map<NodeName, GracefulReload.ReconcileResult> done = new TreeMap<>();
        for (int index = 0; index < all.size(); index++) {
            ActivityHeartbeat.throwIfCancelled();
            GracefulReload.ReconcileResult one = results.get(index);
            ProxyConnection proxy = all.get(index);
            done.put(proxy.name(), one.graceful() ? one.reloaded(reload.reloadIfNeeded(proxy, liveJoins)) : one);
        }
        return done;
    }

    private static ReloadReport report(Map<NodeName, GracefulReload.ReconcileResult> done) {
        int gracefuls = (int) done.values().stream()
                .filter(GracefulReload.ReconcileResult::graceful)
                .count();
        int members = done.values().stream()
                .mapToInt(GracefulReload.ReconcileResult::members)
                .min()
                .orElse(0);
        return new ReloadReport(gracefuls, members, describe(done));
    }

    private static String describe(Map<NodeName, GracefulReload.ReconcileResult> done) {
        if (done.isEmpty()) {
            return "no proxy exists yet";
        }
        List<NodeName> reloaded = names(done, GracefulReload.ReconcileResult::graceful);
        List<NodeName> started = names(done, GracefulReload.ReconcileResult::started);
        List<NodeName> repaired = names(done, GracefulReload.ReconcileResult::repaired);
        String first = reloaded.isEmpty()
                ? "live on %s, no reload needed, proven".formatted(ClusterProxies.joinNames(done.keySet()))
                : "one graceful on %s, proven".formatted(ClusterProxies.joinNames(reloaded));
        return first
                + (started.isEmpty()
                        ? ""
                        : "; Apache was not running and was started on " + ClusterProxies.joinNames(started))
                + (repaired.isEmpty() ? "" : "; made equal to its files on " + ClusterProxies.joinNames(repaired));
    }

    private static List<NodeName> names(
            Map<NodeName, GracefulReload.ReconcileResult> done, Predicate<GracefulReload.ReconcileResult> which) {
        return done.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public ProbationReport probe(ProbationOrder order) {
        Duration limit = order.watch().multipliedBy(2).plus(LIMIT);
        return ActivityHeartbeat.beatWhile(limit, () -> {
            List<ProxyConnection> through = proxies.reach(order.cluster(), order.proxies(), order.withoutProxies());
            return new ProbationWatch(order).watch(through);
        });
    }
}
