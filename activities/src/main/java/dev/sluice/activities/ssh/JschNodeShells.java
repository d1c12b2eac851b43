package dev.sluice.activities.ssh;

import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Keeps the worker's connections to nodes over JSch: one per node and kind of trust, closed when idle. */
public final class JschNodeShells implements NodeShells, AutoCloseable {
    private static final int PORT = 22;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofMinutes(3);

    private final SshConnector proven;
    private final SshConnector first;
    private final Clock clock;
    private final Map<ConnectionKey, JschShell> shells = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(JschNodeShells::daemon);
    private final ScheduledFuture<?> sweeping;

    /**
     * Opens no connection yet.
     *
     * @param privateKey the worker's key in OpenSSH's format; nodes have its public half
     */
    public JschNodeShells(String privateKey, HostCertificateAuthority authority, FirstContactKey contact, Clock clock) {
        this(privateKey, authority, contact, clock, PORT, CONNECT);
    }

    JschNodeShells(
            String privateKey,
            HostCertificateAuthority authority,
            FirstContactKey contact,
            Clock clock,
            int port,
            Duration connect) {
        this.proven = new SshConnector(privateKey, authority, contact, HostKeyTrust.CERTIFICATE, port, connect);
        this.first = new SshConnector(privateKey, authority, contact, HostKeyTrust.PIN_OR_CERTIFICATE, port, connect);
        this.clock = clock;
        this.sweeping = sweeper.scheduleWithFixedDelay(this::closeIdle, 30, 30, TimeUnit.SECONDS);
    }

    @Override
    public Shell open(Node node) {
        return shell(node, proven);
    }

    @Override
    public Shell openAtFirstBoot(Node node) {
        return shell(node, first);
    }

    @Override
    public Shell reconnectAtFirstBoot(Node node) {
        JschShell kept = shell(node, first);
        kept.retireAll();
        return kept;
    }

    private JschShell shell(Node node, SshConnector connector) {
        ConnectionKey key = new ConnectionKey(node.name(), node.privateAddress(), connector.trust());
        return shells.computeIfAbsent(key, missing -> new JschShell(node, connector, clock));
    }

    /** Closes connections that were idle for some minutes. */
    void closeIdle() {
        shells.values().forEach(shell -> shell.dropIfIdle(clock.instant().minus(IDLE)));
        shells.values()
                .removeIf(shell ->
                        shell.count() == 0 && shell.idle(clock.instant().minus(IDLE)));
    }

    /** Number of open connections. */
    long count() {
        return shells.values().stream().mapToLong(JschShell::count).sum();
    }

    @Override
    public void close() {
        sweeping.cancel(false);
        sweeper.shutdownNow();
        shells.values().forEach(JschShell::drop);
        shells.clear();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ssh-idle");
        thread.setDaemon(true);
        return thread;
    }

    /** Nodes whose address or trust differs have different connections. */
    private record ConnectionKey(NodeName name, Ipv4Address address, HostKeyTrust trust) {}
}
