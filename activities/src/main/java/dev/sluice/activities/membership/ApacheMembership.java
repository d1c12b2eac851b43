package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.Fleet;
import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Who takes traffic, as Apache's members on every proxy: one file each, and the same in the running Apache. */
public final class ApacheMembership implements MembershipActivities {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Proxies proxies;
    private final Reload reload;
    private final Leave leave;

    /** As a worker has it: who leaves may take a minute, the proxies' own limit, to answer what it has begun to answer. */
    public ApacheMembership(Fleet fleet, Shells shells) {
        this(fleet, shells, Duration.ofSeconds(60));
    }

    ApacheMembership(Fleet fleet, Shells shells, Duration drain) {
        this.proxies = new Proxies(fleet, shells);
        this.reload = new Reload();
        this.leave = new Leave(drain, reload);
    }

    @Override
    public MembershipReport join(MemberOrder order) {
        AtomicBoolean wrote = new AtomicBoolean(!Heartbeats.nothingWasWritten());
        try {
            return join(order, wrote);
        } catch (ApplicationFailure failure) {
            boolean unreachable = Failures.type(failure)
                    .filter(FailureType.PROXY_UNREACHABLE::equals)
                    .isPresent();
            throw unreachable && !wrote.get() ? untouched(order, failure) : failure;
        }
    }

    private MembershipReport join(MemberOrder order, AtomicBoolean wrote) {
        Member member = order.member();
        String done = "joined, open to pinned requests only";
        return onEvery(order.cluster(), order.withoutProxies(), Fleet.LATELY, done, all -> {
            for (Proxy proxy : all) {
                Heartbeats.stillWanted();
                wrote.set(true);
                Facts facts = proxy.ask(Verb.JOIN, member.name().value(), url(member));
                reload.ifFull(proxy, facts);
            }
        });
    }

    /** The same failure with the proof that no try has written anything. */
    private ApplicationFailure untouched(MemberOrder order, ApplicationFailure failure) {
        List<NodeName> silent = Heartbeats.during(LIMIT, () -> proxies.silent(order.cluster(), order.withoutProxies()));
        Heartbeats.wroteNothing();
        return Failures.with(new Untouched(silent), failure);
    }

    @Override
    public MembershipReport open(MemberOrder order, boolean anew) {
        return Heartbeats.during(LIMIT, () -> {
            List<NodeStatus> all = anew
                    ? proxies.all(order.cluster(), order.withoutProxies(), Fleet.NOW)
                    : proxies.lately(order.cluster(), order.withoutProxies());
            List<Node> nodes = Proxies.nodesOf(all);
            for (Proxy proxy : proxies.reach(nodes)) {
                Heartbeats.stillWanted();
                proxy.ask(Verb.OPEN, order.member().name().value());
            }
            List<NodeName> names = Proxies.names(nodes);
            return new MembershipReport(
                    names, says(names, "open to all"), anew ? Optional.of(waiting(all)) : Optional.empty());
        });
    }

    /** A proxy that gets ready later finds the member in service and opens it by itself. */
    private static List<NodeName> waiting(List<NodeStatus> all) {
        return all.stream()
                .filter(proxy -> proxy.state().equals(Optional.of(NodeState.READY)))
                .map(proxy -> proxy.ref().name())
                .toList();
    }

    @Override
    public MembershipReport leave(LeaveOrder order) {
        return onEvery(
                order.cluster(), order.withoutProxies(), Fleet.NOW, "left, drained", all -> leave.from(all, order));
    }

    @Override
    public MembershipReport eject(EjectOrder order) {
        return onEvery(order.cluster(), List.of(), Fleet.NOW, "ejected", all -> eject(all, order));
    }

    /** What one proxy's guard refuses is taken back on those that were asked before it. */
    private static void eject(List<Proxy> all, EjectOrder order) {
        String name = order.member().name().value();
        List<Proxy> ejected = new ArrayList<>();
        for (Proxy proxy : all) {
            try {
                Facts facts =
                        proxy.ask(Verb.EJECT, name, Integer.toString(order.minimum()), order.by(), order.reason());
                if (facts.is("was", "open")) {
                    ejected.add(proxy);
                }
            } catch (ApplicationFailure refused) {
                if (isGuard(refused)) {
                    ejected.forEach(earlier -> earlier.ask(Verb.READMIT, name));
                }
                throw refused;
            }
        }
    }

    @Override
    public MembershipReport readmit(MemberOrder order) {
        String name = order.member().name().value();
        return onEvery(order.cluster(), order.withoutProxies(), Fleet.NOW, "readmitted", all -> {
            for (Proxy proxy : all) {
                reload.ifFull(proxy, proxy.ask(Verb.READMIT, name));
            }
        });
    }

    @Override
    public MembershipReport adopt(AdoptOrder order) {
        return Heartbeats.during(LIMIT, () -> new Adoption(proxies, reload, leave).of(order));
    }

    @Override
    public List<ProxyTruth> read(ClusterName cluster) {
        return Heartbeats.during(
                LIMIT, () -> Proxies.atOnce(proxies.list(cluster, List.of(), Fleet.NOW), node -> proxies.truth(node)));
    }

    private MembershipReport onEvery(
            ClusterName cluster, List<NodeName> without, Duration atFirst, String done, Consumer<List<Proxy>> work) {
        return Heartbeats.during(LIMIT, () -> {
            List<NodeName> names = proxies.onEvery(cluster, without, atFirst, work);
            return new MembershipReport(names, says(names, done));
        });
    }

    private static String says(List<NodeName> names, String done) {
        return names.isEmpty() ? "there is no proxy yet" : "%s on %s".formatted(done, Proxies.words(names));
    }

    static boolean isGuard(ApplicationFailure failure) {
        return Failures.type(failure).filter(FailureType.GUARD_REFUSED::equals).isPresent();
    }

    static String url(Member member) {
        return url(member.address(), member.port());
    }

    /** As Apache names it: without the port that http has anyway. */
    static String url(Address address, int port) {
        return port == 80 ? "http://" + address : "http://%s:%d".formatted(address, port);
    }
}
