package dev.sluice.activities.membership;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.activities.FreePort;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.MembershipActivities.EjectOrder;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MemberOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** A cluster on loopback: real Apaches as proxies, little servers as members, and a cloud that knows them all. */
final class LoopbackCluster implements ClusterNodes, NodeShells, AutoCloseable {
    static final ClusterName HELLO = new ClusterName("hello");

    /** As usual, but asked ten times a second. */
    static final HealthSpec HEALTH = new HealthSpec("/health", "www.hello.example", "/", Duration.ofMillis(100), 2, 2);

    final int port;
    private final Path directory;
    private final Map<NodeName, TestApache> proxies = new LinkedHashMap<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<Ipv4Address, MemberSwitch> switches = new ConcurrentHashMap<>();
    private final Map<NodeName, NodeStatus> nodes = new LinkedHashMap<>();

    /** How old each answer was allowed to be, in the order of the questions. */
    final List<Duration> asked = new ArrayList<>();

    /** Proxies that nobody reaches. */
    final Set<String> cutOff = new HashSet<>();

    LoopbackCluster(Path directory) {
        this.directory = directory;
        this.port = FreePort.next();
    }

    TestApache proxy(String name) throws IOException {
        TestApache apache = new TestApache(directory.resolve(name), name);
        proxies.put(new NodeName(name), apache);
        state(name, Role.PROXY, "127.0.0.1", NodeState.IN_SERVICE);
        apache.start();
        return apache;
    }

    /** One whose public address is 127.0.0.NUMBER, for clients who all come to one port. */
    TestApache proxy(String name, int number, int clients) throws IOException {
        String address = "127.0.0." + number;
        TestApache apache = new TestApache(directory.resolve(name), name, address, clients);
        proxies.put(new NodeName(name), apache);
        state(name, Role.PROXY, new Ipv4Address("127.0.0.1"), new Ipv4Address(address), NodeState.IN_SERVICE);
        apache.start();
        return apache;
    }

    /** A server on 127.0.0.NUMBER that answers with its name, after {@code delay} for all but /health. */
    Member member(String name, int number, Duration delay) throws IOException {
        return member(name, number, () -> LockSupport.parkNanos(delay.toNanos()));
    }

    /** The same, which waits like that before each answer. */
    Member member(String name, int number, Runnable pause) throws IOException {
        Ipv4Address address = new Ipv4Address("127.0.0." + number);
        HttpServer server = HttpServer.create(new InetSocketAddress(address.value(), port), 64);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        }));
        MemberSwitch state = switches.computeIfAbsent(address, key -> new MemberSwitch());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/health")) {
                state.healthChecks.incrementAndGet();
            } else if (!path.equals("/up")) {
                pause.run();
            }
            state.awaitRelease();
            byte[] body = (name + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/gone") ? 404 : 200, body.length);
            state.write(exchange.getResponseBody(), body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        state(name, Role.APP, address.value(), NodeState.READY);
        return new Member(new NodeName(name), address, port, HEALTH);
    }

    Member member(String name, int number) throws IOException {
        return member(name, number, Duration.ZERO);
    }

    /** How many health checks have arrived at it. */
    int healthChecks(Member member) {
        return state(member).healthChecks.get();
    }

    /** Its connections are taken and nothing is answered, its health checks neither. */
    void hangs(Member member, boolean hanging) {
        state(member).hang(hanging);
    }

    /** It answers one byte a second. */
    void drips(Member member) {
        state(member).dripping = true;
    }

    /** As a crash: its port refuses. */
    void stop(Member member) {
        server(member).stop(0);
    }

    private MemberSwitch state(Member member) {
        return requireNonNull(switches.get(member.address()));
    }

    private HttpServer server(Member member) {
        return servers.stream()
                .filter(one -> one.getAddress()
                        .getAddress()
                        .getHostAddress()
                        .equals(member.address().value()))
                .findFirst()
                .orElseThrow();
    }

    /** From now on the member tells how many requests it is busy with itself, as mod_status does. */
    void tellsItsCount(Member member, IntSupplier count) {
        HttpServer server = server(member);
        server.createContext("/-/server-status", exchange -> {
            byte[] body = "BusyWorkers: %d\nIdleWorkers: 7\n"
                    .formatted(count.getAsInt())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    void state(String name, Role role, String address, NodeState state) {
        state(name, role, new Ipv4Address(address), new Ipv4Address("192.0.2.1"), state);
    }

    private void state(String name, Role role, Ipv4Address privately, Ipv4Address publicly, NodeState state) {
        NodeRef ref = new NodeRef(HELLO, role, new NodeName(name), "run-1");
        DropletId droplet = new DropletId(nodes.size() + 1);
        Node node = new Node(ref, droplet, privately, publicly);
        nodes.put(
                ref.name(),
                new NodeStatus(
                        ref,
                        droplet,
                        Optional.of(node),
                        Optional.of(state),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Instant.EPOCH));
    }

    static String url(Member member) {
        return ApacheMembershipActivities.url(member);
    }

    static MemberOrder order(Member member) {
        return new MemberOrder(HELLO, member, List.of());
    }

    static LeaveOrder leave(Member member, int minimum) {
        return leave(member, minimum, Duration.ofSeconds(6));
    }

    static LeaveOrder leave(Member member, int minimum, Duration drain) {
        return new LeaveOrder(HELLO, member, List.of(), minimum, false, drain);
    }

    static LeaveOrder takeBack(Member member) {
        return new LeaveOrder(HELLO, member, List.of(), 1, true, Duration.ofSeconds(6));
    }

    static EjectOrder eject(Member member, int minimum) {
        return new EjectOrder(HELLO, member, minimum, "ana", "answers | too slowly");
    }

    @Override
    public List<NodeStatus> nodes(ClusterName cluster, Duration age) {
        asked.add(age);
        return List.copyOf(nodes.values());
    }

    @Override
    public Shell open(Node node) {
        if (cutOff.contains(node.name().value())) {
            return (command, limit) -> {
                throw TypedFailures.of(FailureType.NODE_UNREACHABLE, "no route to " + node.name());
            };
        }
        TestApache apache = proxies.get(node.name());
        if (apache == null) {
            throw new IllegalStateException("no proxy " + node.name());
        }
        return apache.shell;
    }

    @Override
    public Shell openAtFirstBoot(Node node) {
        return open(node);
    }

    @Override
    public void close() throws IOException {
        // Each takes a second to stop; nobody else uses their port.
        servers.forEach(server -> new Thread(() -> server.stop(0), "stop").start());
        for (TestApache apache : proxies.values()) {
            apache.close();
        }
    }
}
