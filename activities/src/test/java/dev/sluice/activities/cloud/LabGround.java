package dev.sluice.activities.cloud;

import dev.sluice.activities.dns.DnsOfWalks;
import dev.sluice.lab.api.HeldAgainstSpecification;
import dev.sluice.lab.api.LabCloud;
import dev.sluice.lab.api.LabServer;
import dev.sluice.lab.api.LabSettings;
import dev.sluice.lab.api.Truth;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.name.Answers;
import dev.sluice.lab.name.NameServer;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.Benches.Hand;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Ground;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.fake.TestPatience;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.runbook.Patience;
import dev.sluice.workflows.runbook.Patience.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A lab in memory behind HTTP with the real steps, for one walk: what there is, is what the lab has. */
final class LabGround implements Ground, AutoCloseable {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String DOMAIN = Plans.FILE.domain();
    private static final String SERVICE = Plans.FILE.service();
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    /** Real requests take real time: no limit of a try is to be met by chance. */
    private static final Limits UNHURRIED =
            new Limits(Duration.ofSeconds(20), Optional.empty(), Duration.ofMinutes(2), 3);

    private static final Patience PATIENCE = new Patience(
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            TestPatience.IMPATIENT.gate(),
            TestPatience.IMPATIENT.pause(),
            TestPatience.IMPATIENT.looks(),
            TestPatience.IMPATIENT.verdictAge(),
            TestPatience.IMPATIENT.lateCreate());

    private final HeldAgainstSpecification held = HeldAgainstSpecification.all();
    private final OneClock clock = new OneClock();
    private final LabBreaks breaks;
    private final List<Long> declared = new ArrayList<>();
    private List<Integer> struck = List.of();
    private final LabCloud lab;
    private final Truth truth;
    private final LabServer server;
    private final NameServer names;
    private final DigitalOceanCloud cloud;
    private final Map<Role, Long> templates = new EnumMap<>(Role.class);
    private final Bench bench;

    LabGround(LabBreaks breaks, Hand hand) throws IOException {
        this.breaks = breaks;
        LabSettings settings = LabSettings.of("secret")
                .withRequests(1_000_000, 1_000_000, 1_000)
                .withDelays(breaks.delays());
        lab = new LabCloud(new MemoryMachines(), clock, settings, Runnable::run);
        truth = new Truth(lab);
        server = new LabServer(lab, ANY, held);
        names = new NameServer(new Answers(lab), ANY);
        cloud = DigitalOceanCloud.open(new CloudSettings(URI.create(server.url()), settings::token), clock);
        furnish();
        bench = Bench.over(this::steps, PATIENCE, hand);
        clock.goesWith(bench::now);
    }

    Bench bench() {
        return bench;
    }

    /** What was asked or answered otherwise than the specification says. */
    HeldAgainstSpecification held() {
        return held;
    }

    /** The real steps: each of their requests is an effect of its own. */
    private List<Object> steps(Supplier<FakeWorld> now) {
        Through parts = request -> now.get().calls.part(request);
        Through activity = step -> now.get().calls.inParts(step);
        CloudActivities machines =
                new CloudSteps(parts.to(Cloud.class, cloud), cloud.catalog(), node -> "#!/bin/sh\n", clock, clock);
        DnsActivities records = DnsOfWalks.steps(
                parts.to(Zones.class, cloud.zones()),
                names.address(),
                address -> now.get().serves(address),
                clock,
                clock);
        return List.of(activity.to(CloudActivities.class, machines), activity.to(DnsActivities.class, records));
    }

    private void furnish() {
        LabCase.post(server.url(), "/v2/account/keys", LabCase.KEY_ORDER);
        LabCase.post(server.url(), "/v2/domains", "{\"name\":\"%s\"}".formatted(DOMAIN));
        long machine = made("bake", "debian-12-x64", List.of());
        cloud.begin(machine, "power_off", Optional.empty());
        clock.passes(ENOUGH);
        for (Role role : Role.values()) {
            templates.put(role, template(machine, role));
        }
        cloud.delete(machine);
    }

    private long made(String name, String image, List<String> tags) {
        Wanted wanted =
                new Wanted(name, "fra1", "s-1vcpu-1gb", image, Optional.empty(), List.of(), tags, "#!/bin/sh\n");
        long id = cloud.create(wanted, Duration.ofSeconds(5));
        // What is late shows after it is there.
        clock.passes(ENOUGH);
        lab.settle();
        clock.passes(ENOUGH);
        return id;
    }

    private long template(long machine, Role role) {
        String name = "hello-" + role;
        cloud.begin(machine, "snapshot", Optional.of(name));
        clock.passes(ENOUGH);
        long image = cloud.snapshots(machine, name).get(0);
        Approved approved = new Approved(cloud);
        approved.mark(cloud.image(image).orElseThrow(), Plans.HELLO, role, LabCase.MANIFEST);
        approved.approve(Plans.HELLO, image, new Approval("ana", Instant.EPOCH, "works"));
        return image;
    }

    @Override
    public NodeStatus put(NodeRef ref, NodeState state) {
        long template = templates.getOrDefault(ref.role(), 0L);
        List<String> tags = List.of(
                "sluice",
                "cluster:" + ref.cluster(),
                "role:" + ref.role(),
                state.tag(),
                "run:old-" + ref.name(),
                "template:" + template);
        made(ref.name().value(), Long.toString(template), tags);
        return Optional.ofNullable(nodes().get(ref.name())).orElseThrow();
    }

    @Override
    public Map<NodeName, NodeStatus> nodes() {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<NodeName, NodeStatus>> entrySet() {
                Map<NodeName, NodeStatus> now = new TreeMap<>();
                truth.droplets().stream()
                        .flatMap(machine -> status(machine).stream())
                        .forEach(status -> now.putIfAbsent(status.ref().name(), status));
                return now.entrySet();
            }
        };
    }

    @Override
    public Set<Address> records() {
        return new AbstractSet<>() {
            private List<Address> now() {
                return truth.addresses(DOMAIN, SERVICE).stream()
                        .map(Address::new)
                        .distinct()
                        .toList();
            }

            @Override
            public Iterator<Address> iterator() {
                return now().iterator();
            }

            @Override
            public int size() {
                return now().size();
            }

            @Override
            public boolean add(Address address) {
                cloud.zones().add(DOMAIN, SERVICE, address, Plans.FILE.ttl());
                return true;
            }
        };
    }

    private static Optional<NodeStatus> status(Truth.Machine machine) {
        if (!machine.tags().contains("sluice")) {
            return Optional.empty();
        }
        Role role = machine.tags().contains("role:proxy") ? Role.PROXY : Role.APP;
        NodeRef ref = new NodeRef(
                Plans.HELLO,
                role,
                new NodeName(machine.name()),
                after("run:", machine).orElse(""));
        Node node = new Node(
                ref,
                new DropletId(machine.id()),
                new Address(machine.privateAddress()),
                new Address(machine.publicAddress()));
        return Optional.of(new NodeStatus(
                ref,
                node.droplet(),
                Optional.of(node),
                states(machine).max(Enum::compareTo),
                after("template:", machine).map(Long::valueOf),
                machine.powered(),
                after("config:", machine),
                machine.created()));
    }

    private static Stream<NodeState> states(Truth.Machine machine) {
        return machine.tags().stream().flatMap(tag -> NodeState.ofTag(tag).stream());
    }

    private static Optional<String> after(String prefix, Truth.Machine machine) {
        return machine.tags().stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .findFirst();
    }

    @Override
    public void breaks() {
        breaks.faults().forEach(fault -> declared.add(lab.plan(fault)));
    }

    @Override
    public void heals() {
        struck = struck();
        declared.forEach(lab::repair);
        declared.clear();
        clock.passes(ENOUGH);
    }

    @Override
    public List<String> leftovers() {
        return Stream.concat(
                        truth.bareTags().stream().filter(tag -> tag.startsWith("run:")),
                        truth.droplets().stream()
                                .filter(machine -> states(machine).count() > 1)
                                .map(machine -> "a second state of " + machine.name()))
                .toList();
    }

    private List<Integer> struck() {
        return declared.isEmpty() ? struck : declared.stream().map(lab::fired).toList();
    }

    @Override
    public String toString() {
        return "%s; struck: %s".formatted(breaks, struck());
    }

    @Override
    public void close() throws IOException {
        clock.standsStill();
        bench.close();
        cloud.close();
        names.close();
        server.close();
        lab.close();
    }
}
