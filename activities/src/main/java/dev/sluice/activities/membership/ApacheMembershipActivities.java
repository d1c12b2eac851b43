package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Changes the members of every proxy: one file for each member, and the same state in the running Apache. */
public final class ApacheMembershipActivities implements MembershipActivities {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final ClusterProxies proxies;
    private final GracefulReload reload;
    private final MemberRemoval leave;
    private final ReachableProxies reachable;

    public ApacheMembershipActivities(ClusterNodes fleet, NodeShells shells) {
        this.proxies = new ClusterProxies(fleet, shells);
        this.reload = new GracefulReload();
        this.leave = new MemberRemoval();
        this.reachable = new ReachableProxies(proxies);
    }

    @Override
    public MembershipReport join(MemberOrder order) {
        AtomicBoolean wrote = new AtomicBoolean(!ActivityHeartbeat.nothingWasWritten());
        try {
            return join(order, wrote);
        } catch (ApplicationFailure failure) {
            throw ProxyConnection.isOfType(failure, FailureType.PROXY_UNREACHABLE) && !wrote.get()
                    ? untouched(order, failure)
                    : failure;
        }
    }

    private MembershipReport join(MemberOrder order, AtomicBoolean wrote) {
        Member member = order.member();
        String done = "joined, open to pinned requests only";
        return runOnEveryProxy(order.cluster(), order.withoutProxies(), ClusterNodes.LATELY, done, all -> {
            for (ProxyConnection proxy : all) {
                ActivityHeartbeat.throwIfCancelled();
                wrote.set(true);
                ScriptOutput facts = proxy.ask(
                        ProxyScript.JOIN,
                        member.name().value(),
                        url(member),
                        member.health().path(),
                        Long.toString(member.health().interval().toMillis()),
                        Integer.toString(member.health().fails()),
                        Integer.toString(member.health().passes()));
                reload.reloadIfFull(proxy, facts);
            }
        });
    }

    /** Adds to the failure the proof that no attempt has written. */
    private ApplicationFailure untouched(MemberOrder order, ApplicationFailure failure) {
        List<NodeName> silent = ActivityHeartbeat.beatWhile(
                LIMIT, () -> proxies.findUnreachable(order.cluster(), order.withoutProxies()));
        ActivityHeartbeat.recordNothingWritten();
        return TypedFailures.withDetails(new UntouchedProxies(silent), failure);
    }

    @Override
    public MembershipReport open(MemberOrder order, boolean anew) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            List<NodeStatus> all = anew
                    ? proxies.listStatuses(order.cluster(), order.withoutProxies(), ClusterNodes.NOW)
                    : proxies.lately(order.cluster(), order.withoutProxies());
            List<Node> nodes = ClusterProxies.nodesOf(all);
            for (ProxyConnection proxy : proxies.reach(nodes)) {
                ActivityHeartbeat.throwIfCancelled();
                proxy.ask(ProxyScript.OPEN, order.member().name().value());
            }
            List<NodeName> names = ClusterProxies.names(nodes);
            return new MembershipReport(
                    names, describe(names, "open to all"), anew ? Optional.of(waiting(all)) : Optional.empty());
        });
    }

    /** Names the proxies that are ready but not in service. A proxy that becomes ready later opens the member itself. */
    private static List<NodeName> waiting(List<NodeStatus> all) {
        return all.stream()
                .filter(proxy -> proxy.state().equals(Optional.of(NodeState.READY)))
                .map(proxy -> proxy.ref().name())
                .toList();
    }

    @Override
    public MembershipReport leave(LeaveOrder order) {
        List<String> cut = new ArrayList<>();
        return ActivityHeartbeat.beatWhile(LIMIT.plus(order.drain()), () -> {
            List<NodeName> names = proxies.runOnEvery(
                    order.cluster(),
                    order.withoutProxies(),
                    ClusterNodes.NOW,
                    all -> cut.addAll(leave.remove(all, order)));
            return new MembershipReport(
                    names, describe(names, cut.isEmpty() ? "left, drained" : "left") + cut(cut, order));
        });
    }

    private static String cut(List<String> cut, LeaveOrder order) {
        return cut.isEmpty()
                ? ""
                : "; cut after %d s: %s".formatted(order.drain().toSeconds(), String.join(", ", cut));
    }

    @Override
    public MembershipReport eject(EjectOrder order) {
        String name = order.member().name().value();
        return ActivityHeartbeat.beatWhile(
                LIMIT,
                () -> reachable.change(
                        order.cluster(),
                        List.of(),
                        new ReachableProxies.EmergencyChange(
                                "ejected",
                                "may still send it requests",
                                proxy -> proxy.ask(
                                        ProxyScript.EJECT,
                                        name,
                                        Integer.toString(order.minimum()),
                                        order.by(),
                                        order.reason(),
                                        order.member().health().host()),
                                proxy -> proxy.ask(ProxyScript.READMIT, name))));
    }

    @Override
    public MembershipReport readmit(MemberOrder order) {
        String name = order.member().name().value();
        return ActivityHeartbeat.beatWhile(
                LIMIT,
                () -> reachable.change(
                        order.cluster(),
                        order.withoutProxies(),
                        new ReachableProxies.EmergencyChange(
                                "readmitted",
                                "may still keep it out",
                                proxy -> {
                                    ScriptOutput facts = proxy.ask(ProxyScript.READMIT, name);
                                    reload.reloadIfFull(proxy, facts);
                                    return facts;
                                },
                                proxy -> {})));
    }

    @Override
    public MembershipReport adopt(AdoptOrder order) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> new MemberAdoption(proxies, reload, leave).adopt(order));
    }

    @Override
    public List<ProxyMembers> read(ClusterName cluster) {
        return ActivityHeartbeat.beatWhile(
                LIMIT,
                () -> ClusterProxies.inParallel(
                        proxies.list(cluster, List.of(), ClusterNodes.NOW), node -> proxies.readMembers(node)));
    }

    private MembershipReport runOnEveryProxy(
            ClusterName cluster,
            List<NodeName> without,
            Duration atFirst,
            String done,
            Consumer<List<ProxyConnection>> work) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            List<NodeName> names = proxies.runOnEvery(cluster, without, atFirst, work);
            return new MembershipReport(names, describe(names, done));
        });
    }

    private static String describe(List<NodeName> names, String done) {
        return names.isEmpty() ? "no proxy exists yet" : "%s on %s".formatted(done, ClusterProxies.joinNames(names));
    }

    static String url(Member member) {
        return url(member.address(), member.port());
    }

    /** Formats the URL as Apache does: without http's default port. */
    static String url(Ipv4Address address, int port) {
        return port == 80 ? "http://" + address : "http://%s:%d".formatted(address, port);
    }
}
