package dev.sluice.workflows.walk;

import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.fake.Calls.Call;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Fault;
import dev.sluice.workflows.fake.Fault.Often;
import dev.sluice.workflows.fake.Ground;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.walk.Move.Person;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What happens in the walk of one seed: the cluster there is, who does what when, and what breaks. */
record WalkPlan(
        long seed,
        List<NodeName> proxies,
        List<NodeName> apps,
        List<Timed> moves,
        List<Break> breaks,
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
    record Timed(int after, Move move) {}

    /** A fault, and the call that it strikes. */
    record Break(Call call, Fault fault, Often often) {}

    static WalkPlan of(long seed) {
        Random random = new Random(seed);
        List<NodeName> proxies = names("hello-proxy-", random.nextInt(3));
        List<NodeName> apps = names("hello-app-", random.nextInt(4));
        List<Timed> moves = moves(random, proxies, apps);
        return new WalkPlan(seed, proxies, apps, moves, breaks(random), unfit(random, moves));
    }

    /** The same where what hangs fails instead: steps that take real time have limits that nobody waits for. */
    WalkPlan withoutHangs() {
        List<Break> quick = breaks.stream()
                .map(each -> new Break(each.call(), withoutHang(each.fault()), each.often()))
                .toList();
        return new WalkPlan(seed, proxies, apps, moves, quick, unfit);
    }

    private static Fault withoutHang(Fault fault) {
        return switch (fault) {
            case TIMES_OUT, FAILS_BEFORE_EFFECT -> Fault.FAILS_BEFORE_EFFECT;
            case ANSWER_LOST, FAILS_AFTER_EFFECT -> Fault.FAILS_AFTER_EFFECT;
        };
    }

    FakeWorld world(Ground ground) {
        FakeWorld world = new FakeWorld(ground);
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
                .filter(timed -> timed.move() instanceof Move.Deploy)
                .flatMap(timed -> ((Move.Deploy) timed.move()).nodes().stream())
                .toList();
    }

    private static List<NodeName> names(String stem, int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> new NodeName(stem + (char) ('a' + at)))
                .toList();
    }

    private static List<Timed> moves(Random random, List<NodeName> proxies, List<NodeName> apps) {
        List<Timed> moves = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int at = 0; at < count; at++) {
            int after = at == 0 ? 0 : random.nextInt(LONGEST);
            moves.add(new Timed(after, move(random, at, proxies, apps)));
        }
        if (!proxies.isEmpty() && random.nextInt(4) == 0) {
            NodeName proxy = one(random, proxies);
            int off = random.nextInt(LONGEST);
            moves.add(new Timed(off, new Move.Power(proxy, false)));
            moves.add(new Timed(off + 1 + random.nextInt(LONGEST), new Move.Power(proxy, true)));
        }
        moves.sort(Comparator.comparingInt(Timed::after));
        return moves;
    }

    private static Move move(Random random, int at, List<NodeName> proxies, List<NodeName> apps) {
        Role role = random.nextInt(3) == 0 ? Role.PROXY : Role.APP;
        List<NodeName> there = role == Role.APP ? apps : proxies;
        int kind = random.nextInt(10);
        if (kind < 5 || there.isEmpty()) {
            return new Move.Deploy(role, fresh(role, at, 1 + random.nextInt(2)), person(random));
        }
        if (kind < 7) {
            return new Move.Retire(role, one(random, there));
        }
        if (kind == 7) {
            return new Move.Cancel(role);
        }
        return apps.isEmpty() ? new Move.Cancel(role) : new Move.Eject(one(random, apps), random.nextBoolean());
    }

    private static Person person(Random random) {
        return random.nextInt(2) == 0 ? Person.NOBODY : one(random, List.of(Person.values()));
    }

    private static List<NodeName> fresh(Role role, int at, int count) {
        return names("hello-%s-new%d".formatted(role, at), count);
    }

    private static List<Break> breaks(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(at -> new Break(
                        new Call(one(random, ACTIVITIES), 1 + random.nextInt(4)),
                        one(random, List.of(Fault.values())),
                        one(random, List.of(Often.values()))))
                .toList();
    }

    private static Optional<NodeName> unfit(Random random, List<Timed> moves) {
        return moves.stream()
                .map(Timed::move)
                .filter(move -> move instanceof Move.Deploy && random.nextInt(5) == 0)
                .map(move -> ((Move.Deploy) move).nodes().get(0))
                .findFirst();
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
