package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.ProxyActivities.CompareOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ReloadOrder;
import dev.sluice.workflows.activity.RunActivities.NodeOwner;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes one proxy fit to be published: the cluster's members in its files, in its Apache, and answering. */
public final class ProxyReadiness {
    private final NodeContext run;
    private final Patience patience;

    ProxyReadiness(NodeContext run) {
        this.run = run;
        this.patience = run.patience();
    }

    String adopt(NodeName proxy) {
        return ActivityStubs.membership(patience.steady(), "%s takes all members".formatted(proxy))
                .adopt(new AdoptOrder(
                        run.file().name(), proxy, run.file().role(Role.APP).port()))
                .says();
    }

    String reload(NodeName proxy) {
        return ActivityStubs.proxy(patience.steady(), proxy.value())
                .reload(new ReloadOrder(run.file().name(), List.of(proxy), run.withoutProxies(), false))
                .says();
    }

    String probe(NodeName proxy, List<NodeStatus> members) {
        List<NodeName> names =
                members.stream().map(member -> member.ref().name()).toList();
        return ActivityStubs.proxy(patience.lengthy(), "%d members through %s".formatted(names.size(), proxy))
                .probe(new ProbationOrder(
                        run.file().name(),
                        List.of(proxy),
                        names,
                        run.withoutProxies(),
                        run.file().serviceName(),
                        "/",
                        run.file().role(Role.PROXY).probation()))
                .says();
    }

    String publish(Node proxy) {
        return ActivityStubs.dns(
                        patience.lengthy(), "%s at %s".formatted(run.file().serviceName(), proxy.publicAddress()))
                .publish(run.recordOf(proxy, 0))
                .says();
    }

    /** What clients get from it now, against its siblings. */
    String compare(NodeName proxy) {
        return "; "
                + ActivityStubs.proxy(patience.steady(), "%s against its siblings".formatted(proxy))
                        .compare(new CompareOrder(
                                run.file().name(),
                                proxy,
                                run.withoutProxies(),
                                run.file().serviceName(),
                                run.file().role(Role.PROXY).port()))
                        .says();
    }

    String withdraw(Node proxy) {
        return ActivityStubs.dns(patience.takeBack(), "%s out of DNS again".formatted(proxy.name()))
                .withdraw(run.recordOf(proxy, 0))
                .says();
    }

    List<NodeStatus> nodes() {
        return ActivityStubs.cloud(
                        patience.brief(), "nodes of %s".formatted(run.file().name()))
                .listNodes(run.file().name(), false);
    }

    /**
     * The members that the proxy has to prove: app servers in service, and ready ones whose own run is over. A ready one
     * whose run goes on may wait for a person's approval; its run opens it. Ejected ones take no traffic.
     */
    List<NodeStatus> membersOf(NodeName proxy) {
        List<NodeStatus> apps = nodes().stream()
                .filter(status ->
                        status.ref().role().isMember() && status.node().isPresent())
                .toList();
        List<NodeStatus> inService = withState(apps, NodeState.IN_SERVICE);
        List<NodeStatus> candidates = new java.util.ArrayList<>(inService);
        candidates.addAll(withoutOwner(withState(apps, NodeState.READY)));
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<NodeName> takenIn = takenInBy(proxy);
        return candidates.stream()
                .filter(status -> takenIn.contains(status.ref().name()))
                .toList();
    }

    /** Those of the nodes whose own run is known to be over. */
    List<NodeStatus> withoutOwner(List<NodeStatus> nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<NodeName> names = nodes.stream().map(status -> status.ref().name()).toList();
        Set<NodeName> closed =
                ActivityStubs.runs(patience.brief(), "whose runs are over")
                        .owners(run.file().name(), names)
                        .stream()
                        .filter(owner -> owner.life() == RunStatus.CLOSED)
                        .map(NodeOwner::node)
                        .collect(Collectors.toSet());
        return nodes.stream()
                .filter(status -> closed.contains(status.ref().name()))
                .toList();
    }

    public static List<NodeStatus> withState(List<NodeStatus> nodes, NodeState state) {
        return nodes.stream()
                .filter(status -> status.state().equals(Optional.of(state)))
                .toList();
    }

    private Set<NodeName> takenInBy(NodeName proxy) {
        return ActivityStubs.membership(patience.steady(), "members of %s".formatted(proxy))
                .read(run.file().name())
                .stream()
                .filter(truth -> truth.proxy().equals(proxy))
                .map(ProxyMembers::members)
                .flatMap(List::stream)
                .filter(ProxyReadiness::takesTraffic)
                .map(MemberStatus::name)
                .collect(Collectors.toSet());
    }

    private static boolean takesTraffic(MemberStatus member) {
        return switch (member.state()) {
            case JOINED, DRAINING -> true;
            case EJECTED, EJECTED_BY_ANOTHER_HAND, LEFT -> false;
        };
    }
}
