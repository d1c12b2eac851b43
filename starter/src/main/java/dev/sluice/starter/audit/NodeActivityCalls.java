package dev.sluice.starter.audit;

import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.MemberOrder;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.NodeReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The deeds of a node's run that are about this node: a run may publish proxies that waited for it, too. */
final class NodeActivityCalls {
    private final RunHistory story;
    private final NodeRef ref;
    private final Optional<Ipv4Address> address;

    NodeActivityCalls(RunHistory story, NodeRef ref, Optional<NodeReport> report) {
        this.story = story;
        this.ref = ref;
        this.address = report.flatMap(NodeReport::node)
                .or(() -> story.calls("Cloud.AwaitDroplet").stream()
                        .filter(deed -> deed.done().isPresent())
                        .filter(deed -> deed.readArgument(CloneOrder.class)
                                .node()
                                .name()
                                .equals(ref.name()))
                        .map(deed -> deed.readResult(Node.class))
                        .findFirst())
                .map(Node::publicAddress);
    }

    Optional<Ipv4Address> address() {
        return address;
    }

    List<ActivityCall> joins() {
        return Stream.of("Membership.Join", "Membership.Open")
                .flatMap(activity -> story.calls(activity).stream())
                .filter(deed ->
                        deed.readArgument(MemberOrder.class).member().name().equals(ref.name()))
                .sorted((one, other) ->
                        Long.compare(one.asked().event(), other.asked().event()))
                .toList();
    }

    List<ActivityCall> leaves() {
        return story.calls("Membership.Leave").stream()
                .filter(deed ->
                        deed.readArgument(LeaveOrder.class).member().name().equals(ref.name()))
                .toList();
    }

    List<ActivityCall> publishes() {
        return records("Dns.Publish");
    }

    List<ActivityCall> withdraws() {
        return records("Dns.Withdraw");
    }

    private List<ActivityCall> records(String activity) {
        return story.calls(activity).stream()
                .filter(deed -> address.filter(
                                deed.readArgument(RecordOrder.class).address()::equals)
                        .isPresent())
                .toList();
    }

    List<ActivityCall> destroys() {
        return story.calls("Cloud.DestroyDroplet").stream()
                .filter(deed -> deed.readArgument(NodeRef.class).name().equals(ref.name()))
                .toList();
    }

    /** Looks at the node that were answered, oldest first. */
    List<ActivityCall> inspections() {
        return story.calls("Node.Inspect").stream()
                .filter(deed -> deed.done().isPresent())
                .toList();
    }

    static boolean opensGate(ActivityCall look) {
        return look.readResult(Verdict.class).opensGate();
    }

    List<EventTime> approvals() {
        return story.nodeApprovals();
    }
}
