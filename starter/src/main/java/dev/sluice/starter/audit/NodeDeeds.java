package dev.sluice.starter.audit;

import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.MemberOrder;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The deeds of a node's run that are about this node: a run may publish proxies that waited for it, too. */
final class NodeDeeds {
    private final Story story;
    private final NodeRef ref;
    private final Optional<Address> address;

    NodeDeeds(Story story, NodeRef ref, Optional<NodeReport> report) {
        this.story = story;
        this.ref = ref;
        this.address = report.flatMap(NodeReport::node)
                .or(() -> story.deeds("Cloud.AwaitDroplet").stream()
                        .filter(deed -> deed.done().isPresent())
                        .filter(deed ->
                                deed.order(CloneOrder.class).node().name().equals(ref.name()))
                        .map(deed -> deed.answer(Node.class))
                        .findFirst())
                .map(Node::publicAddress);
    }

    Optional<Address> address() {
        return address;
    }

    List<Deed> joins() {
        return Stream.of("Membership.Join", "Membership.Open")
                .flatMap(activity -> story.deeds(activity).stream())
                .filter(deed -> deed.order(MemberOrder.class).member().name().equals(ref.name()))
                .sorted((one, other) ->
                        Long.compare(one.asked().event(), other.asked().event()))
                .toList();
    }

    List<Deed> leaves() {
        return story.deeds("Membership.Leave").stream()
                .filter(deed -> deed.order(LeaveOrder.class).member().name().equals(ref.name()))
                .toList();
    }

    List<Deed> publishes() {
        return records("Dns.Publish");
    }

    List<Deed> withdraws() {
        return records("Dns.Withdraw");
    }

    private List<Deed> records(String activity) {
        return story.deeds(activity).stream()
                .filter(deed -> address.filter(deed.order(RecordOrder.class).address()::equals)
                        .isPresent())
                .toList();
    }

    List<Deed> destroys() {
        return story.deeds("Cloud.DestroyDroplet").stream()
                .filter(deed -> deed.order(NodeRef.class).name().equals(ref.name()))
                .toList();
    }

    /** Looks at the node that were answered, oldest first. */
    List<Deed> looks() {
        return story.deeds("Node.Inspect").stream()
                .filter(deed -> deed.done().isPresent())
                .toList();
    }

    static boolean opened(Deed look) {
        return look.answer(Verdict.class).opensGate();
    }

    List<Moment> yes() {
        return story.yesToNodes();
    }
}
