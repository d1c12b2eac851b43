package dev.sluice.workflows.walk;

import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.CallFault.FaultFrequency;
import dev.sluice.workflows.fake.CloudBackend;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.walk.WalkMove.ApproverReaction;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The plan of one seed's walk: the cluster, the moves with their times, and the faults. */
record WalkPlan(
        long seed,
        List<NodeName> proxies,
        List<NodeName> apps,
        List<TimedMove> moves,
        List<PlannedFault> breaks,
        Optional<NodeName> unfit) {
    private static final List<String> ACTIVITIES = Stream.of(
                    CloudActivities.class,
                    NodeActivities.class,
                    MembershipActivities.class,
                    ProxyActivities.class,
                    DnsActivities.class,
                    RunActivities.class)
            .map(POJOActivityInterfaceMetadata::newInstance)
            .flatMap(activities -> activities.getMethodsMetadata().stream())
            .map(POJOActivityMethodMetadata::getActivityTypeName)
            .sorted()
            .toList();

    private static final int LONGEST = 60;

    /** A move, and how many activities were called before it. */
    record TimedMove(int after, WalkMove move) {}

    /** A fault, and the call that it breaks. */
    record PlannedFault(CallKey call, CallFault fault, FaultFrequency often) {}

    static WalkPlan of(long seed) {
        Random random = new Random(seed);
        List<NodeName> proxies = names("hello-proxy-", random.nextInt(3));
        List<NodeName> apps = names("hello-app-", random.nextInt(4));
        List<TimedMove> moves = moves(random, proxies, apps);
        moves.addAll(disturbances(new Random(~seed)));
        moves.sort(Comparator.comparingInt(TimedMove::after));
        return new WalkPlan(seed, proxies, apps, moves, breaks(random), unfit(random, moves));
    }

    /** Returns the plan with failures in place of hangs, since real steps have long timeouts. */
    WalkPlan withoutHangs() {
        List<PlannedFault> quick = breaks.stream()
                .map(each -> new PlannedFault(each.call(), withoutHang(each.fault()), each.often()))
                .toList();
        // The lab makes its second droplets itself, by creates that take effect late.
        List<TimedMove> own = moves.stream()
                .filter(timed -> !(timed.move() instanceof WalkMove.SecondDropletMove))
                .toList();
        return new WalkPlan(seed, proxies, apps, own, quick, unfit);
    }

    /** Whether something takes effect late. */
    boolean hasDoubles() {
        return moves.stream()
                .anyMatch(timed -> timed.move() instanceof WalkMove.DoubleMove
                        || timed.move() instanceof WalkMove.SecondDropletMove
                        || timed.move() instanceof WalkMove.ResetMove);
    }

    private static CallFault withoutHang(CallFault fault) {
        return switch (fault) {
            case TIMES_OUT, FAILS_BEFORE_EFFECT -> CallFault.FAILS_BEFORE_EFFECT;
            case ANSWER_LOST, FAILS_AFTER_EFFECT -> CallFault.FAILS_AFTER_EFFECT;
        };
    }

    FakeWorld world(CloudBackend backend) {
        FakeWorld world = new FakeWorld(backend);
        boolean both = !proxies.isEmpty() && !apps.isEmpty();
        NodeState state = both ? NodeState.IN_SERVICE : NodeState.READY;
        proxies.forEach(name -> world.withProxy(name.value(), state));
        apps.forEach(name -> world.withApp(name.value(), state));
        breaks.forEach(each -> world.calls.breaks(each.call(), each.fault(), each.often()));
        unfit.ifPresent(name -> world.closesGate("http", "503 after 2 s").closesGateFor(name.value()));
        return world;
    }

    List<NodeName> planned() {
        return moves.stream()
                .filter(timed -> timed.move() instanceof WalkMove.DeployMove)
                .flatMap(timed -> ((WalkMove.DeployMove) timed.move()).nodes().stream())
                .toList();
    }

    private static List<NodeName> names(String stem, int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> new NodeName(stem + (char) ('a' + at)))
                .toList();
    }

    private static List<TimedMove> moves(Random random, List<NodeName> proxies, List<NodeName> apps) {
        List<TimedMove> moves = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int at = 0; at < count; at++) {
            int after = at == 0 ? 0 : random.nextInt(LONGEST);
            moves.add(new TimedMove(after, move(random, at, proxies, apps)));
        }
        if (!proxies.isEmpty() && random.nextInt(4) == 0) {
            NodeName proxy = one(random, proxies);
            int off = random.nextInt(LONGEST);
            moves.add(new TimedMove(off, new WalkMove.PowerMove(proxy, false)));
            moves.add(new TimedMove(off + 1 + random.nextInt(LONGEST), new WalkMove.PowerMove(proxy, true)));
        }
        moves.sort(Comparator.comparingInt(TimedMove::after));
        return moves;
    }

    /** What Temporal's buttons and slow workers add; drawn apart, so that the other moves of a seed stay as they were. */
    private static List<TimedMove> disturbances(Random random) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(at -> new TimedMove(1 + random.nextInt(2 * LONGEST), disturbance(random)))
                .toList();
    }

    private static WalkMove disturbance(Random random) {
        int any = random.nextInt(1_000);
        return switch (random.nextInt(6)) {
            case 0, 1 -> new WalkMove.ResetMove(any, random.nextInt(20));
            case 2 -> new WalkMove.AgainMove(any);
            case 3 -> new WalkMove.DoubleMove(any, random.nextInt(1_000));
            case 4 -> new WalkMove.SecondDropletMove(any);
            default -> new WalkMove.GarbageMove(any, random.nextInt(1_000), random.nextInt(1_000));
        };
    }

    private static WalkMove move(Random random, int at, List<NodeName> proxies, List<NodeName> apps) {
        Role role = random.nextInt(3) == 0 ? Role.PROXY : Role.APP;
        List<NodeName> there = role == Role.APP ? apps : proxies;
        int kind = random.nextInt(10);
        if (kind < 5 || there.isEmpty()) {
            return new WalkMove.DeployMove(role, fresh(role, at, 1 + random.nextInt(2)), person(random));
        }
        if (kind < 7) {
            return new WalkMove.RetireMove(role, one(random, there));
        }
        if (kind == 7) {
            return new WalkMove.CancelMove(role);
        }
        return apps.isEmpty()
                ? new WalkMove.CancelMove(role)
                : new WalkMove.EjectMove(one(random, apps), random.nextBoolean());
    }

    private static ApproverReaction person(Random random) {
        return random.nextInt(2) == 0 ? ApproverReaction.NOBODY : one(random, List.of(ApproverReaction.values()));
    }

    private static List<NodeName> fresh(Role role, int at, int count) {
        return names("hello-%s-new%d".formatted(role, at), count);
    }

    private static List<PlannedFault> breaks(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(at -> new PlannedFault(
                        new CallKey(one(random, ACTIVITIES), 1 + random.nextInt(4)),
                        one(random, List.of(CallFault.values())),
                        one(random, List.of(FaultFrequency.values()))))
                .toList();
    }

    private static Optional<NodeName> unfit(Random random, List<TimedMove> moves) {
        return moves.stream()
                .map(TimedMove::move)
                .filter(move -> move instanceof WalkMove.DeployMove && random.nextInt(5) == 0)
                .map(move -> ((WalkMove.DeployMove) move).nodes().get(0))
                .findFirst();
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
