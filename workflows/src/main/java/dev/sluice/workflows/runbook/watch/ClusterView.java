package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.WatchActivities.NodeLook;
import dev.sluice.workflows.activity.WatchActivities.PinnedAnswer;
import dev.sluice.workflows.activity.WatchActivities.ServiceLook;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.List;
import java.util.Optional;

/**
 * What one check has seen.
 *
 * @param service empty if nothing could be asked
 */
record ClusterView(List<NodeStatus> nodes, List<NodeLook> looks, Optional<ServiceLook> service) {
    ClusterView {
        nodes = List.copyOf(nodes);
        looks = List.copyOf(looks);
    }

    List<ProxyMembers> proxies() {
        return service.map(ServiceLook::members).orElse(List.of()).stream()
                .filter(proxy -> proxy.unreachable().isEmpty())
                .toList();
    }

    List<PinnedAnswer> pinnedTo(NodeName member) {
        return service.map(ServiceLook::pinned).orElse(List.of()).stream()
                .filter(answer -> answer.member().equals(member))
                .toList();
    }

    Optional<NodeLook> look(NodeName node) {
        return looks.stream().filter(look -> look.node().equals(node)).findFirst();
    }

    boolean isJoinedSomewhere(NodeName member) {
        return has(member, List.of(MemberState.JOINED));
    }

    boolean isEjectedSomewhere(NodeName member) {
        return has(member, List.of(MemberState.EJECTED, MemberState.EJECTED_BY_ANOTHER_HAND));
    }

    /** Whether it was ejected for good on some proxy: by an operator, by sec, or by a check. */
    boolean isFiledAsEjectedSomewhere(NodeName member) {
        return has(member, List.of(MemberState.EJECTED));
    }

    /** Who ejected it and why, as the first proxy that did says. */
    String ejectionOf(NodeName member) {
        return proxies().stream()
                .flatMap(proxy -> proxy.members().stream())
                .filter(status -> status.name().equals(member))
                .flatMap(status -> status.note().stream())
                .findFirst()
                .orElse("a manual change");
    }

    private boolean has(NodeName member, List<MemberState> states) {
        return proxies().stream()
                .flatMap(proxy -> proxy.members().stream())
                .anyMatch(status -> status.name().equals(member) && states.contains(status.state()));
    }
}
