package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.cloud.api.DropletRequest;
import dev.sluice.activities.cloud.client.CloudSettings;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.dns.WalkDnsActivities;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.cloud.AccountContents;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.cloud.SpecificationObserver;
import dev.sluice.lab.dns.LabNameServer;
import dev.sluice.lab.dns.ZoneResolver;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.server.LabServer;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.fake.CloudBackend;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPatience;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.Patience.ActivityLimits;
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
final class LabCloudBackend implements CloudBackend, AutoCloseable {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String DOMAIN = TestPlans.FILE.domain();
    private static final String SERVICE = TestPlans.FILE.service();
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    /** Real requests take real time: no limit of a try is to be met by chance. */
    private static final ActivityLimits UNHURRIED =
            new ActivityLimits(Duration.ofSeconds(20), Optional.empty(), Duration.ofMinutes(2), 3);

    private static final Patience PATIENCE = new Patience(
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            UNHURRIED,
            TestPatience.IMPATIENT.gateTimeout(),
            TestPatience.IMPATIENT.pause(),
            TestPatience.IMPATIENT.equalFailures(),
            TestPatience.IMPATIENT.verdictMaxAge(),
            TestPatience.IMPATIENT.lateCreate());

    private final SpecificationObserver held = SpecificationObserver.all();
    private final SharedLabClock clock = new SharedLabClock();
    private final LabFaultPlan breaks;
    private final List<Long> declared = new ArrayList<>();
    private List<Integer> struck = List.of();
    private final LabCloud lab;
    private final AccountContents truth;
    private final LabServer server;
    private final LabNameServer names;
    private final DigitalOceanApi cloud;
    private final Map<Role, Long> templates = new EnumMap<>(Role.class);
    private final TestTemporal bench;

    LabCloudBackend(LabFaultPlan breaks, WorkerMode hand) throws IOException {
        this.breaks = breaks;
        LabSettings settings = LabSettings.of("secret")
                .withRequests(1_000_000, 1_000_000, 1_000)
                .withDelays(breaks.delays());
        lab = new LabCloud(new MemoryMachines(), clock, settings, Runnable::run);
        truth = new AccountContents(lab);
        server = new LabServer(lab, ANY, held);
        names = new LabNameServer(new ZoneResolver(lab), ANY);
        cloud = DigitalOceanApi.open(new CloudSettings(URI.create(server.url()), settings::token), clock);
        furnish();
        bench = TestTemporal.over(this::steps, PATIENCE, hand);
        clock.goesWith(bench::now);
    }

    TestTemporal bench() {
        return bench;
    }

    /** What was asked or answered otherwise than the specification says. */
    SpecificationObserver held() {
        return held;
    }

    /** The real steps: each of their requests is an effect of its own. */
    private List<Object> steps(Supplier<FakeWorld> now) {
        InterceptingProxy parts = request -> now.get().calls.part(request);
        InterceptingProxy activity = step -> now.get().calls.inParts(step);
        DigitalOceanCloudActivities machines = new DigitalOceanCloudActivities(
                parts.to(CloudApi.class, cloud), cloud.catalog(), node -> "#!/bin/sh\n", clock, clock);
        DnsActivities records = WalkDnsActivities.steps(
                parts.to(DomainApi.class, cloud.zones()),
                machines.fleet(),
                "%s:%d"
                        .formatted(
                                names.address().getHostString(), names.address().getPort()),
                address -> now.get().serves(address),
                clock,
                clock);
        return List.of(activity.to(CloudActivities.class, machines), activity.to(DnsActivities.class, records));
    }

    private void furnish() {
        LabFixture.post(server.url(), "/v2/account/keys", LabFixture.KEY_ORDER);
        LabFixture.post(server.url(), "/v2/domains", "{\"name\":\"%s\"}".formatted(DOMAIN));
        long machine = made("bake", "debian-12-x64", List.of());
        cloud.startAction(machine, "power_off", Optional.empty());
        clock.passes(ENOUGH);
        for (Role role : Role.values()) {
            templates.put(role, template(machine, role));
        }
        cloud.delete(machine);
    }

    private long made(String name, String image, List<String> tags) {
        DropletRequest wanted = new DropletRequest(
                name, "fra1", "s-1vcpu-1gb", image, Optional.empty(), List.of(), tags, "#!/bin/sh\n");
        long id = cloud.create(wanted, Duration.ofSeconds(5));
        // What is late shows after it is there.
        clock.passes(ENOUGH);
        lab.applyDueEffects();
        clock.passes(ENOUGH);
        return id;
    }

    private long template(long machine, Role role) {
        String name = "hello-" + role;
        cloud.startAction(machine, "snapshot", Optional.of(name));
        clock.passes(ENOUGH);
        long image = cloud.snapshots(machine, name).get(0);
        TemplateStore approved = new TemplateStore(cloud);
        approved.tagAsTemplate(cloud.image(image).orElseThrow(), TestPlans.HELLO, role, LabFixture.MANIFEST);
        approved.approve(TestPlans.HELLO, image, new Approval("ana", Instant.EPOCH, "works"));
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
    public Set<Ipv4Address> records() {
        return new AbstractSet<>() {
            private List<Ipv4Address> now() {
                return truth.addresses(DOMAIN, SERVICE).stream()
                        .map(Ipv4Address::new)
                        .distinct()
                        .toList();
            }

            @Override
            public Iterator<Ipv4Address> iterator() {
                return now().iterator();
            }

            @Override
            public int size() {
                return now().size();
            }

            @Override
            public boolean add(Ipv4Address address) {
                cloud.zones().add(DOMAIN, SERVICE, address, TestPlans.FILE.ttl());
                return true;
            }
        };
    }

    private static Optional<NodeStatus> status(AccountContents.DropletContents machine) {
        if (!machine.tags().contains("sluice")) {
            return Optional.empty();
        }
        Role role = machine.tags().contains("role:proxy") ? Role.PROXY : Role.APP;
        NodeRef ref = new NodeRef(
                TestPlans.HELLO,
                role,
                new NodeName(machine.name()),
                after("run:", machine).orElse(""));
        Node node = new Node(
                ref,
                new DropletId(machine.id()),
                new Ipv4Address(machine.privateAddress()),
                new Ipv4Address(machine.publicAddress()));
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

    private static Stream<NodeState> states(AccountContents.DropletContents machine) {
        return machine.tags().stream().flatMap(tag -> NodeState.ofTag(tag).stream());
    }

    private static Optional<String> after(String prefix, AccountContents.DropletContents machine) {
        return machine.tags().stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .findFirst();
    }

    @Override
    public void breaks() {
        breaks.faults().forEach(fault -> declared.add(lab.declareFault(fault)));
    }

    @Override
    public void heals() {
        struck = struck();
        declared.forEach(lab::endFault);
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
        return declared.isEmpty()
                ? struck
                : declared.stream().map(lab::timesFired).toList();
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
