package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.Fleet;
import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.membership.Truths.Ejection;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes one proxy's members equal to the cluster's, until the cluster stands still. */
final class Adoption {
    private static final int ROUNDS = 10;

    private final Proxies proxies;
    private final Reload reload;
    private final Leave leave;

    Adoption(Proxies proxies, Reload reload, Leave leave) {
        this.proxies = proxies;
        this.reload = reload;
        this.leave = leave;
    }

    MembershipReport of(AdoptOrder order) {
        Proxy proxy = proxies.reach(order.cluster(), List.of(order.proxy()), List.of())
                .get(0);
        Map<NodeName, NodeState> done = Map.of();
        for (int round = 0; round < ROUNDS; round++) {
            List<NodeStatus> nodes = proxies.nodes(order.cluster());
            Map<NodeName, NodeStatus> wanted = wanted(nodes);
            Map<NodeName, NodeState> states = states(wanted);
            if (round > 0 && states.equals(done)) {
                return new MembershipReport(List.of(order.proxy()), says(order, wanted));
            }
            dropStrangers(proxy, order, nodes);
            take(proxy, order, wanted);
            done = states;
        }
        throw Failures.of(
                FailureType.PROXY_UNREACHABLE,
                "The members of %s change all the time; %s could not adopt a list that stands still."
                        .formatted(order.cluster(), order.proxy()));
    }

    private void take(Proxy proxy, AdoptOrder order, Map<NodeName, NodeStatus> wanted) {
        Map<NodeName, Ejection> ejections = siblingsEjections(order);
        wanted.forEach((name, status) -> {
            Heartbeats.stillWanted();
            Optional<Ejection> ejection = Optional.ofNullable(ejections.get(name));
            reload.ifFull(
                    proxy,
                    proxy.ask(
                            Verb.ADOPT,
                            name.value(),
                            url(status, order.port()),
                            status.state().filter(NodeState.IN_SERVICE::equals).isPresent() ? "open" : "drain",
                            ejection.map(Ejection::by).orElse(""),
                            ejection.map(Ejection::when).orElse(""),
                            ejection.map(Ejection::why).orElse("")));
        });
    }

    /**
     * Members that are gone, or in quarantine, take nothing from this proxy, and their files go. What is leaving stays:
     * its own run takes it out of every proxy, or, refused by a guard, into service again, and nobody comes back who has
     * left a proxy.
     */
    private void dropStrangers(Proxy proxy, AdoptOrder order, List<NodeStatus> nodes) {
        Set<NodeName> known = nodes.stream()
                .filter(status -> !status.state().equals(Optional.of(NodeState.QUARANTINE)))
                .map(status -> status.ref().name())
                .collect(Collectors.toSet());
        for (List<String> line : proxy.ask(Verb.READ).all("member")) {
            NodeName name = new NodeName(Truths.at(line, 1));
            if (!Truths.at(line, 2).equals("left") && !known.contains(name)) {
                Member member = new Member(name, address(Truths.at(line, 3)), order.port());
                leave.from(List.of(proxy), new LeaveOrder(order.cluster(), member, List.of(), 0, true));
            }
        }
    }

    /** What those siblings say that can be asked; an adoption needs no other proxy. */
    private Map<NodeName, Ejection> siblingsEjections(AdoptOrder order) {
        Map<NodeName, Ejection> found = new HashMap<>();
        for (Node sibling : proxies.list(order.cluster(), List.of(order.proxy()), Fleet.LATELY)) {
            for (List<String> line : members(sibling)) {
                Ejection.of(Truths.ejection(line)).ifPresent(by -> found.put(new NodeName(line.get(1)), by));
            }
        }
        return found;
    }

    private List<List<String>> members(Node sibling) {
        try {
            return proxies.reach(List.of(sibling)).get(0).ask(Verb.READ).all("member");
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
                    && status.ref().role() == Role.APP
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
        return ApacheMembership.url(status.node().orElseThrow().privateAddress(), port);
    }

    private static Address address(String url) {
        return new Address(url.replaceFirst("^http://", "").replaceFirst(":\\d+$", ""));
    }

    private static String says(AdoptOrder order, Map<NodeName, NodeStatus> wanted) {
        return "%s knows %d members: %s".formatted(order.proxy(), wanted.size(), Proxies.words(wanted.keySet()));
    }
}
