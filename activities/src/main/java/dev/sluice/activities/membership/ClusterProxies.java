package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the proxies of a cluster by tag, connects to all of them, and runs work on each until no new proxy appears. */
final class ClusterProxies {
    private static final Set<NodeState> TAKING = EnumSet.of(NodeState.READY, NodeState.IN_SERVICE, NodeState.LEAVING);
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final int ROUNDS = 10;
    private static final Executor THREADS = work -> {
        Thread thread = new Thread(work, "proxies");
        thread.setDaemon(true);
        thread.start();
    };

    private final ClusterNodes fleet;
    private final NodeShells shells;

    ClusterProxies(ClusterNodes fleet, NodeShells shells) {
        this.fleet = fleet;
        this.shells = shells;
    }

    /**
     * Returns every proxy of the cluster except the excluded ones, sorted by name, so that all runs write in the same
     * order. A proxy that is powered off counts as well, since it would return with old files.
     */
    List<NodeStatus> listStatuses(ClusterName cluster, Collection<NodeName> without, Duration age) {
        return fleet.nodes(cluster, age).stream()
                .filter(status -> status.ref().role().facesClients())
                .filter(status -> status.state().filter(TAKING::contains).isPresent())
                .filter(status -> status.node().isPresent())
                .filter(status -> !without.contains(status.ref().name()))
                .sorted(Comparator.comparing(status -> status.ref().name()))
                .toList();
    }

    List<Node> list(ClusterName cluster, Collection<NodeName> without, Duration age) {
        return nodesOf(listStatuses(cluster, without, age));
    }

    static List<Node> nodesOf(List<NodeStatus> all) {
        return all.stream().flatMap(status -> status.node().stream()).toList();
    }

    /** Connects to the proxies of those names in any state, or to all of the cluster if no name is given. */
    List<ProxyConnection> reach(ClusterName cluster, Collection<NodeName> named, Collection<NodeName> without) {
        if (named.isEmpty()) {
            return reach(list(cluster, without, ClusterNodes.NOW));
        }
        List<Node> known = named(cluster, named, ClusterNodes.ONCE);
        List<Node> nodes = known.size() < named.size() ? named(cluster, named, ClusterNodes.NOW) : known;
        if (nodes.size() < named.size()) {
            throw TypedFailures.of(
                    FailureType.PROXY_UNREACHABLE,
                    "Of the proxies %s DigitalOcean has only %s".formatted(joinNames(named), joinNames(names(nodes))));
        }
        return reach(nodes);
    }

    private List<Node> named(ClusterName cluster, Collection<NodeName> named, Duration age) {
        return nodesOf(fleet.nodes(cluster, age)).stream()
                .filter(node -> named.contains(node.name()))
                .sorted(Comparator.comparing(Node::name))
                .toList();
    }

    /** Opens every connection before the first write; one failure names all proxies that cannot be reached. */
    List<ProxyConnection> reach(List<Node> nodes) {
        List<ProxyConnection> proxies = nodes.stream()
                .map(node -> new ProxyConnection(node, shells.open(node)))
                .toList();
        List<String> failures = new ArrayList<>();
        inParallel(proxies, this::connect).forEach(failures::addAll);
        if (!failures.isEmpty()) {
            throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, String.join("; ", failures));
        }
        return proxies;
    }

    /** Names the proxies in service that do not answer; no other run writes members to a proxy in service. */
    List<NodeName> findUnreachable(ClusterName cluster, Collection<NodeName> without) {
        List<Node> nodes = nodesOf(listStatuses(cluster, without, ClusterNodes.LATELY).stream()
                .filter(proxy -> proxy.state().equals(Optional.of(NodeState.IN_SERVICE)))
                .toList());
        List<Boolean> answer = inParallel(
                nodes,
                node -> connect(new ProxyConnection(node, shells.open(node))).isEmpty());
        return IntStream.range(0, nodes.size())
                .filter(index -> !answer.get(index))
                .mapToObj(index -> nodes.get(index).name())
                .toList();
    }

    ProxyConnection connection(Node node) {
        return new ProxyConnection(node, shells.open(node));
    }

    /** Fails with PROXY_UNREACHABLE if the proxy runs no command within the limit, also if another host answers. */
    void requireAnswer(ProxyConnection proxy, Duration limit) {
        try {
            proxy.shell().run(RemoteCommand.of("true"), limit);
        } catch (ApplicationFailure failure) {
            throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, unreachable(proxy, failure));
        }
    }

    private static String unreachable(ProxyConnection proxy, ApplicationFailure failure) {
        return "Proxy %s (%s) cannot be reached: %s"
                .formatted(proxy.name(), proxy.node().privateAddress(), failure.getOriginalMessage());
    }

    private List<String> connect(ProxyConnection proxy) {
        try {
            proxy.shell().run(RemoteCommand.of("true"), CONNECT);
            return List.of();
        } catch (ApplicationFailure failure) {
            if (ProxyConnection.isOfType(failure, FailureType.HOST_IDENTITY)) {
                throw failure;
            }
            return List.of(unreachable(proxy, failure));
        }
    }

    /**
     * Runs the work on every proxy and lists them again, until the list has no new proxy. Only the first list may have
     * that age; the last one is requested after the last write.
     */
    List<NodeName> runOnEvery(
            ClusterName cluster, Collection<NodeName> without, Duration atFirst, Consumer<List<ProxyConnection>> work) {
        Map<NodeName, Node> done = new LinkedHashMap<>();
        Duration age = atFirst;
        for (int round = 0; round < ROUNDS; round++) {
            List<Node> missing = list(cluster, without, age).stream()
                    .filter(node -> !done.containsKey(node.name()))
                    .toList();
            if (missing.isEmpty() && age.equals(ClusterNodes.NOW)) {
                return List.copyOf(done.keySet());
            }
            if (age.equals(ClusterNodes.NOW) || allAnswer(missing)) {
                work.accept(reach(missing));
                missing.forEach(node -> done.put(node.name(), node));
            }
            age = ClusterNodes.NOW;
        }
        throw TypedFailures.of(
                FailureType.PROXY_UNREACHABLE,
                "The proxies of %s do not converge: listed %d times, each time with a new one"
                        .formatted(cluster, ROUNDS));
    }

    /** Whether all answer. An old list may name a deleted proxy, which is no failure but a reason to list again. */
    private boolean allAnswer(List<Node> nodes) {
        List<ProxyConnection> proxies = nodes.stream()
                .map(node -> new ProxyConnection(node, shells.open(node)))
                .toList();
        return inParallel(proxies, this::connect).stream().allMatch(List::isEmpty);
    }

    /** Returns the proxies from a list that is some seconds old, or from a new one if not all of them answer. */
    List<NodeStatus> lately(ClusterName cluster, Collection<NodeName> without) {
        List<NodeStatus> known = listStatuses(cluster, without, ClusterNodes.LATELY);
        return allAnswer(nodesOf(known)) ? known : listStatuses(cluster, without, ClusterNodes.NOW);
    }

    /** Reads the members of a proxy, or the reason why it cannot be queried. */
    ProxyMembers readMembers(Node node) {
        try {
            return MemberStates.read(reach(List.of(node)).get(0));
        } catch (ApplicationFailure failure) {
            return new ProxyMembers(node.name(), Optional.of(failure.getOriginalMessage()), List.of());
        }
    }

    List<NodeStatus> nodes(ClusterName cluster) {
        return fleet.nodes(cluster, ClusterNodes.NOW);
    }

    /** Runs the work on one thread each and returns the answers in order. Throws the first failure once all have ended. */
    static <A, B> List<B> inParallel(List<A> all, Function<A, B> work) {
        List<CompletableFuture<B>> running = all.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> work.apply(one), THREADS))
                .toList();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
        return running.stream().map(CompletableFuture::join).toList();
    }

    static List<NodeName> names(List<Node> nodes) {
        return nodes.stream().map(Node::name).toList();
    }

    static String joinNames(Collection<NodeName> names) {
        return names.isEmpty() ? "none" : names.stream().map(NodeName::value).collect(Collectors.joining(", "));
    }
}
