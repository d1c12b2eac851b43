package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MemberOrder;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.RoleSpec;
import java.util.List;
import java.util.Optional;

/** What the steps of one run share: the cluster's file, the proxies left out, limits, progress and what to take back. */
record NodeRun(ClusterFile file, List<NodeName> withoutProxies, Patience patience, Progress progress, Undo undo) {
    Member member(Node node) {
        return new Member(
                node.name(), node.privateAddress(), file.role(Role.APP).port());
    }

    MemberOrder memberOrder(Node node) {
        return new MemberOrder(file.name(), member(node), withoutProxies);
    }

    /**
     * The record of a proxy.
     *
     * @param minimum other records, of proxies that serve, that must remain at a withdraw
     */
    RecordOrder recordOf(Node proxy, int minimum) {
        return new RecordOrder(
                file.name(),
                file.domain(),
                file.service(),
                proxy.publicAddress(),
                file.ttl(),
                file.nameServer(),
                minimum,
                clientsPort());
    }

    private int clientsPort() {
        return Optional.ofNullable(file.roles().get(Role.PROXY))
                .map(RoleSpec::port)
                .orElse(0);
    }
}
