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

/** Selects the activity calls of a node's run that concern this node: a run may also publish other proxies. */
final class NodeActivityCalls {
    private final RunHistory history;
    private final NodeRef ref;
    private final Optional<Ipv4Address> address;

    NodeActivityCalls(RunHistory history, NodeRef ref, Optional<NodeReport> report) {
        this.history = history;
        this.ref = ref;
        this.address = report.flatMap(NodeReport::node)
                .or(() -> history.calls("Cloud.AwaitDroplet").stream()
                        .filter(call -> call.done().isPresent())
                        .filter(call -> call.readArgument(CloneOrder.class)
                                .node()
                                .name()
                                .equals(ref.name()))
                        .map(call -> call.readResult(Node.class))
                        .findFirst())
                .map(Node::publicAddress);
    }

    Optional<Ipv4Address> address() {
        return address;
    }

    List<ActivityCall> joins() {
        return Stream.of("Membership.Join", "Membership.Open")
                .flatMap(activity -> history.calls(activity).stream())
                .filter(call ->
                        call.readArgument(MemberOrder.class).member().name().equals(ref.name()))
                .sorted((one, other) ->
                        Long.compare(one.asked().event(), other.asked().event()))
                .toList();
    }

    List<ActivityCall> leaves() {
        return history.calls("Membership.Leave").stream()
                .filter(call ->
                        call.readArgument(LeaveOrder.class).member().name().equals(ref.name()))
                .toList();
    }

    List<ActivityCall> publishes() {
        return records("Dns.Publish");
    }

    List<ActivityCall> withdraws() {
        return records("Dns.Withdraw");
    }

    private List<ActivityCall> records(String activity) {
        return history.calls(activity).stream()
                .filter(call -> address.filter(
                                call.readArgument(RecordOrder.class).address()::equals)
                        .isPresent())
                .toList();
    }

    List<ActivityCall> destroys() {
        return history.calls("Cloud.DestroyDroplet").stream()
                .filter(call -> call.readArgument(NodeRef.class).name().equals(ref.name()))
                .toList();
    }

    /** Returns the completed inspections of the node, oldest first. */
    List<ActivityCall> inspections() {
        return history.calls("Node.Inspect").stream()
                .filter(call -> call.done().isPresent())
                .toList();
    }

    static boolean opensGate(ActivityCall inspection) {
        return inspection.readResult(Verdict.class).opensGate();
    }

    List<EventTime> approvals() {
        return history.nodeApprovals();
    }
}
