package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import java.util.List;

/** What a dead run left: first out of every proxy and of DNS, confirmed, and only then destroyed. */
final class Leftover {
    private final ClusterFile file;
    private final Patience patience;

    Leftover(ClusterFile file, Patience patience) {
        this.file = file;
        this.patience = patience;
    }

    /** Fails where the first part is not confirmed: the machine stays then. */
    String remove(NodeStatus status) {
        NodeRef ref = status.ref();
        status.node().ifPresent(this::leave);
        Reach.cloud(patience.takeBack(), "destroy %s".formatted(ref.name())).destroyDroplet(ref);
        return "out of traffic, then destroyed";
    }

    private void leave(Node node) {
        switch (node.role()) {
            case APP ->
                Reach.membership(patience.takeBack(), "%s out of every proxy".formatted(node.name()))
                        .leave(new LeaveOrder(file.name(), member(node), List.of(), 0, true));
            case PROXY ->
                Reach.dns(patience.lengthy(), "%s out of DNS".formatted(node.name()))
                        .withdraw(record(node));
        }
    }

    private Member member(Node node) {
        return new Member(
                node.name(), node.privateAddress(), file.role(Role.APP).port());
    }

    private RecordOrder record(Node node) {
        return new RecordOrder(
                file.name(), file.domain(), file.service(), node.publicAddress(), file.ttl(), file.nameServer(), 0);
    }
}
