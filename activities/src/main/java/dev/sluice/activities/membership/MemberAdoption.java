package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.membership.MemberStates.EjectionRecord;
import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes one proxy's members equal to the cluster's, and repeats until the cluster is stable. */
final class MemberAdoption {
    private static final int ROUNDS = 10;

    private final ClusterProxies proxies;
    private final GracefulReload reload;
    private final MemberRemoval leave;

    MemberAdoption(ClusterProxies proxies, GracefulReload reload, MemberRemoval leave) {
        this.proxies = proxies;
        this.reload = reload;
        this.leave = leave;
    }

    MembershipReport adopt(AdoptOrder order) {
        ProxyConnection proxy = proxies.reach(order.cluster(), List.of(order.proxy()), List.of())
                .get(0);
        proxy.ask(ProxyScript.SUITS);
        Map<NodeName, NodeState> done = Map.of();
        for (int round = 0; round < ROUNDS; round++) {
            List<NodeStatus> nodes = proxies.nodes(order.cluster());
            Map<NodeName, NodeStatus> wanted = wanted(nodes);
            Map<NodeName, NodeState> states = states(wanted);
            if (round > 0 && states.equals(done)) {
                return new MembershipReport(List.of(order.proxy()), describe(order, wanted));
            }
            removeUnknownMembers(proxy, order, nodes);
            addMembers(proxy, order, wanted);
            done = states;
        }
        throw TypedFailures.of(
                FailureType.PROXY_UNREACHABLE,
                "The members of %s do not converge: %s adopted %d lists, each different from the last"
                        .formatted(order.cluster(), order.proxy(), ROUNDS));
    }

    private void addMembers(ProxyConnection proxy, AdoptOrder order, Map<NodeName, NodeStatus> wanted) {
        Map<NodeName, EjectionRecord> ejections = siblingsEjections(order);
        wanted.forEach((name, status) -> {
            ActivityHeartbeat.throwIfCancelled();
            Optional<EjectionRecord> ejection = Optional.ofNullable(ejections.get(name));
            reload.reloadIfFull(
                    proxy,
                    proxy.ask(
                            ProxyScript.ADOPT,
                            name.value(),
                            url(status, order.port()),
                            status.state().filter(NodeState.IN_SERVICE::equals).isPresent() ? "open" : "drain",
                            ejection.map(EjectionRecord::by).orElse(""),
                            ejection.map(EjectionRecord::when).orElse(""),
                            ejection.map(EjectionRecord::why).orElse(""),
                            order.health().path(),
                            Long.toString(order.health().interval().toMillis()),
                            Integer.toString(order.health().fails()),
                            Integer.toString(order.health().passes())));
        });
    }

    /**
     * Removes members that no longer exist or are in quarantine, with their files. A leaving member stays: its own run
     * removes it from every proxy, or returns it to service if a guard refuses, and a member that left cannot return.
     */
    private void removeUnknownMembers(ProxyConnection proxy, AdoptOrder order, List<NodeStatus> nodes) {
        Set<NodeName> known = nodes.stream()
                .filter(status -> !status.state().equals(Optional.of(NodeState.QUARANTINE)))
                .map(status -> status.ref().name())
                .collect(Collectors.toSet());
        for (List<String> line : MemberStates.lines(proxy.ask(ProxyScript.READ))) {
            NodeName name = new NodeName(MemberStates.at(line, 1));
            if (!MemberStates.at(line, 2).equals("left") && !known.contains(name)) {
                Member member = new Member(name, address(MemberStates.at(line, 3)), order.port(), order.health());
                leave.remove(
                        List.of(proxy), new LeaveOrder(order.cluster(), member, List.of(), 0, true, RoleSpec.DRAIN));
            }
        }
    }

    /** Reads ejections from the siblings that answer; an adoption requires no other proxy. */
    private Map<NodeName, EjectionRecord> siblingsEjections(AdoptOrder order) {
        Map<NodeName, EjectionRecord> found = new HashMap<>();
        for (Node sibling : proxies.list(order.cluster(), List.of(order.proxy()), ClusterNodes.LATELY)) {
            for (List<String> line : members(sibling)) {
                EjectionRecord.of(MemberStates.ejection(line))
                        .ifPresent(by -> found.put(new NodeName(line.get(1)), by));
            }
        }
        return found;
    }

    private List<List<String>> members(Node sibling) {
        try {
            return MemberStates.lines(proxies.reach(List.of(sibling)).get(0).ask(ProxyScript.READ));
        } catch (ApplicationFailure unreachable) {
            return List.of();
        }
    }

    private static Map<NodeName, NodeStatus> wanted(List<NodeStatus> nodes) {
        Map<NodeName, NodeStatus> wanted = new TreeMap<>();
        for (NodeStatus status : nodes) {
            boolean member = status.state()
                    .filter(state -> state == NodeState.IN_SERVICE || state == NodeState.READY)
                    .isPresent();
            if (member
                    && status.ref().role().isMember()
                    && status.powered()
                    && status.node().isPresent()) {
                wanted.put(status.ref().name(), status);
            }
        }
        return wanted;
    }

    private static Map<NodeName, NodeState> states(Map<NodeName, NodeStatus> nodes) {
        Map<NodeName, NodeState> states = new TreeMap<>();
        nodes.forEach((name, status) -> status.state().ifPresent(state -> states.put(name, state)));
        return states;
    }

    private static String url(NodeStatus status, int port) {
        return ApacheMembershipActivities.url(status.node().orElseThrow().privateAddress(), port);
    }

    private static Ipv4Address address(String url) {
        return new Ipv4Address(url.replaceFirst("^http://", "").replaceFirst(":\\d+$", ""));
    }

    private static String describe(AdoptOrder order, Map<NodeName, NodeStatus> wanted) {
        return "%s has %d members: %s"
                .formatted(order.proxy(), wanted.size(), ClusterProxies.joinNames(wanted.keySet()));
    }
}
