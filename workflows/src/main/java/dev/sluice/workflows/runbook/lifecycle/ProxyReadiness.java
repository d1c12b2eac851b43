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
import java.util.Set;
import java.util.stream.Collectors;

/** Makes one proxy fit to be published: the cluster's members are in its files and its Apache, and answer. */
final class ProxyReadiness {
    private final NodeContext run;
    private final Patience patience;

    ProxyReadiness(NodeContext run) {
        this.run = run;
        this.patience = run.patience();
    }

    String adopt(NodeName proxy) {
        return ActivityStubs.membership(patience.heartbeating(), "%s adopts all members".formatted(proxy))
                .adopt(new AdoptOrder(
                        run.file().name(),
                        proxy,
                        run.file().role(Role.APP).port(),
                        run.file().role(Role.APP).health()))
                .says();
    }

    String reload(NodeName proxy) {
        return ActivityStubs.proxy(patience.heartbeating(), proxy.value())
                .reload(new ReloadOrder(run.file().name(), List.of(proxy), run.withoutProxies(), false))
                .says();
    }

    String probe(NodeName proxy, List<NodeStatus> members) {
        List<NodeName> names =
                members.stream().map(member -> member.ref().name()).toList();
        return ActivityStubs.proxy(patience.longRunning(), "%d members through %s".formatted(names.size(), proxy))
                .probe(new ProbationOrder(
                        run.file().name(),
                        List.of(proxy),
                        names,
                        run.withoutProxies(),
                        run.file().role(Role.APP).health().host(),
                        run.file().role(Role.APP).health().page(),
                        run.file().role(Role.PROXY).probation(),
                        patience.gateTimeout()))
                .says();
    }

    String publish(Node proxy) {
        return ActivityStubs.dns(
                        patience.longRunning(), "%s at %s".formatted(run.file().serviceName(), proxy.publicAddress()))
                .publish(run.recordOf(proxy, 0))
                .says();
    }

    /** Compares what clients receive from the proxy with its siblings. */
    String compare(NodeName proxy) {
        return "; "
                + ActivityStubs.proxy(patience.heartbeating(), "%s against its siblings".formatted(proxy))
                        .compare(new CompareOrder(
                                run.file().name(),
                                proxy,
                                run.withoutProxies(),
                                run.file().serviceName(),
                                run.file().role(Role.PROXY).port(),
                                run.file().role(Role.APP).health().page()))
                        .says();
    }

    /**
     * Withdraws the record again.
     *
     * @param minimum other records, of proxies that serve, that must remain
     */
    String withdraw(Node proxy, int minimum) {
        return ActivityStubs.dns(patience.rollback(), "%s out of DNS again".formatted(proxy.name()))
                .withdraw(run.recordOf(proxy, minimum))
                .says();
    }

    List<NodeStatus> nodes() {
        return ActivityStubs.listNodes(
                patience.shortCall(),
                "nodes of %s".formatted(run.file().name()),
                run.file().name());
    }

    /**
     * Returns the members that the proxy must probe: app servers in service, and ready ones whose own run has ended. A
     * ready one with an open run may wait for an approval; its run opens it. Ejected ones take no traffic.
     */
    List<NodeStatus> membersOf(NodeName proxy) {
        List<NodeStatus> apps = nodes().stream()
                .filter(status ->
                        status.ref().role().isMember() && status.node().isPresent())
                .toList();
        List<NodeStatus> inService =
                apps.stream().filter(app -> app.isIn(NodeState.IN_SERVICE)).toList();
        List<NodeStatus> candidates = new java.util.ArrayList<>(inService);
        candidates.addAll(withoutOwner(
                apps.stream().filter(app -> app.isIn(NodeState.READY)).toList()));
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<NodeName> adopted = adoptedBy(proxy);
        return candidates.stream()
                .filter(status -> adopted.contains(status.ref().name()))
                .toList();
    }

    /** Returns the nodes whose own run has ended. */
    List<NodeStatus> withoutOwner(List<NodeStatus> nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<NodeName> names = nodes.stream().map(status -> status.ref().name()).toList();
        Set<NodeName> closed =
                ActivityStubs.runs(patience.shortCall(), "ended runs")
                        .owners(run.file().name(), names)
                        .stream()
                        .filter(owner -> owner.life() == RunStatus.CLOSED)
                        .map(NodeOwner::node)
                        .collect(Collectors.toSet());
        return nodes.stream()
                .filter(status -> closed.contains(status.ref().name()))
                .toList();
    }

    private Set<NodeName> adoptedBy(NodeName proxy) {
        return ActivityStubs.membership(patience.heartbeating(), "members of %s".formatted(proxy))
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
