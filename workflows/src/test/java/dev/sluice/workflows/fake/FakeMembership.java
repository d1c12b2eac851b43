package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

final class FakeMembership implements MembershipActivities {
    private static final MembershipReport NOTHING = new MembershipReport(List.of(), "");

    private final Supplier<FakeWorld> now;

    FakeMembership(Supplier<FakeWorld> now) {
        this.now = now;
    }

    private FakeWorld world() {
        return now.get();
    }

    @Override
    public MembershipReport join(MemberOrder order) {
        boolean someAreOff = world().everyProxy(order.withoutProxies()).stream().anyMatch(world()::isOff);
        if (someAreOff && !isWritten(order)) {
            return world().calls.act(() -> untouched(order), NOTHING);
        }
        return onEvery(order.withoutProxies(), (proxy, list) -> {
            if (world().hasLeft(proxy, order.member().name())) {
                throw TypedFailures.of(
                        FailureType.PROXY_REFUSED, order.member().name() + " has left; names are used once");
            }
            list.putIfAbsent(order.member().name(), MemberState.DRAINING);
        });
    }

    /** An earlier try has written. */
    private boolean isWritten(MemberOrder order) {
        return world().members.values().stream()
                .anyMatch(list -> list.containsKey(order.member().name()));
    }

    /** All connections are opened before the first write. */
    private MembershipReport untouched(MemberOrder order) {
        List<NodeName> off = world().everyProxy(order.withoutProxies()).stream()
                .filter(world()::isOff)
                .toList();
        throw ApplicationFailure.newBuilder()
                .setMessage("%s cannot be reached".formatted(off))
                .setType(FailureType.PROXY_UNREACHABLE.name())
                .setDetails(new UntouchedProxies(off))
                .build();
    }

    @Override
    public MembershipReport open(MemberOrder order, boolean anew) {
        MembershipReport opened = onEvery(
                order.withoutProxies(),
                (proxy, list) -> list.computeIfPresent(
                        order.member().name(), (name, old) -> old == MemberState.DRAINING ? MemberState.JOINED : old));
        List<NodeName> waiting = opened.proxies().stream()
                .filter(proxy ->
                        requireNonNull(world().nodes.get(proxy)).state().equals(Optional.of(NodeState.READY)))
                .toList();
        return new MembershipReport(opened.proxies(), opened.says(), anew ? Optional.of(waiting) : Optional.empty());
    }

    @Override
    public MembershipReport leave(LeaveOrder order) {
        return onEvery(order.withoutProxies(), list -> guard(order, list), (proxy, list) -> {
            list.remove(order.member().name());
            world().left
                    .computeIfAbsent(proxy, key -> new java.util.HashSet<>())
                    .add(order.member().name());
        });
    }

    private static void guard(LeaveOrder order, Map<NodeName, MemberState> list) {
        long others = list.entrySet().stream()
                .filter(entry -> entry.getValue() == MemberState.JOINED)
                .filter(entry -> !entry.getKey().equals(order.member().name()))
                .count();
        boolean takesTraffic = list.get(order.member().name()) == MemberState.JOINED;
        if (!order.ownNode() && takesTraffic && others < order.minimum()) {
            throw TypedFailures.of(
                    FailureType.GUARD_REFUSED,
                    "%d healthy members would remain, at least %d must".formatted(others, order.minimum()));
        }
    }

    @Override
    public MembershipReport eject(EjectOrder order) {
        LeaveOrder asked =
                new LeaveOrder(order.cluster(), order.member(), List.of(), order.minimum(), false, Duration.ZERO);
        return onThoseThatAnswer(list -> guard(asked, list), (proxy, list) -> {
            known(order.member().name(), proxy, list);
            list.put(order.member().name(), MemberState.EJECTED);
        });
    }

    @Override
    public MembershipReport readmit(MemberOrder order) {
        return onThoseThatAnswer(list -> {}, (proxy, list) -> {
            known(order.member().name(), proxy, list);
            list.put(order.member().name(), MemberState.JOINED);
        });
    }

    private MembershipReport onThoseThatAnswer(
            Consumer<Map<NodeName, MemberState>> guard, BiConsumer<NodeName, Map<NodeName, MemberState>> change) {
        List<NodeName> all = world().everyProxy(List.of());
        List<NodeName> off = all.stream().filter(world()::isOff).toList();
        MembershipReport report = onEvery(off.size() == all.size() ? List.of() : off, guard, change);
        return new MembershipReport(
                report.proxies(),
                report.says(),
                Optional.empty(),
                off.stream().map(proxy -> proxy + " cannot be reached").toList());
    }

    private static void known(NodeName member, NodeName proxy, Map<NodeName, MemberState> list) {
        if (!list.containsKey(member)) {
            throw TypedFailures.of(
                    FailureType.PROXY_REFUSED, "%s: %s is not one of its members".formatted(proxy, member));
        }
    }

    @Override
    public MembershipReport adopt(AdoptOrder order) {
        return world().calls
                .act(
                        () -> {
                            if (world().isOff(order.proxy()) || !world().nodes.containsKey(order.proxy())) {
                                throw TypedFailures.of(
                                        FailureType.PROXY_UNREACHABLE, order.proxy() + " cannot be reached");
                            }
                            int members = FakeAdoption.by(world(), order.proxy());
                            return new MembershipReport(List.of(order.proxy()), "%d members taken".formatted(members));
                        },
                        NOTHING);
    }

    @Override
    public List<ProxyMembers> read(ClusterName cluster) {
        return world().calls
                .act(
                        () -> world().everyProxy(List.of()).stream()
                                .map(this::truth)
                                .toList(),
                        List.of());
    }

    private ProxyMembers truth(NodeName proxy) {
        List<MemberStatus> members = world().members.getOrDefault(proxy, Map.of()).entrySet().stream()
                .map(entry -> new MemberStatus(entry.getKey(), entry.getValue(), "Init Ok", 0, Optional.empty()))
                .toList();
        return new ProxyMembers(proxy, world().isOff(proxy) ? Optional.of("no answer") : Optional.empty(), members);
    }

    private MembershipReport onEvery(List<NodeName> without, BiConsumer<NodeName, Map<NodeName, MemberState>> change) {
        return onEvery(without, list -> {}, change);
    }

    /** Every proxy's guard is asked before the first write. */
    private MembershipReport onEvery(
            List<NodeName> without,
            Consumer<Map<NodeName, MemberState>> guard,
            BiConsumer<NodeName, Map<NodeName, MemberState>> change) {
        return world().calls
                .act(
                        () -> {
                            List<NodeName> proxies = world().everyProxyAnswers(without);
                            proxies.forEach(
                                    proxy -> guard.accept(world().members.getOrDefault(proxy, Map.of())));
                            proxies.forEach(proxy -> change.accept(
                                    proxy, world().members.computeIfAbsent(proxy, key -> new java.util.TreeMap<>())));
                            return new MembershipReport(
                                    proxies,
                                    "on "
                                            + String.join(
                                                    ", ",
                                                    proxies.stream()
                                                            .map(NodeName::value)
                                                            .toList()));
                        },
                        NOTHING);
    }
}
