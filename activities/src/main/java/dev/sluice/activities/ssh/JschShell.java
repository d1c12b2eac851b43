package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.sluice.workflows.model.node.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node's connection: opened on first use, shared by all threads, replaced once broken. */
final class JschShell implements Shell {
    /** Below sshd's default of ten sessions per connection. */
    private static final int AT_ONCE = 8;

    private final Node node;
    private final SshConnector connector;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private @Nullable Session session;
    private volatile Instant used;

    JschShell(Node node, SshConnector connector, Clock clock) {
        this.node = node;
        this.connector = connector;
        this.clock = clock;
        this.used = clock.instant();
    }

    @Override
    public CommandResult run(RemoteCommand command, Duration limit) {
        used = clock.instant();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw SshFailures.overLimit(node, limit);
            }
            try {
                return run(command, limit, deadline);
            } finally {
                places.release();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SshFailures.lost(node);
        }
    }

    private CommandResult run(RemoteCommand command, Duration limit, long deadline) throws InterruptedException {
        RemoteExecution execution = start(command, deadline);
        try {
            return execution.await(deadline).orElseThrow(() -> SshFailures.lost(node));
        } catch (RemoteExecution.CommandTimeoutException over) {
            drop();
            throw SshFailures.overLimit(node, limit);
        } finally {
            used = clock.instant();
        }
    }

    /** Starts the command. A kept connection may be dead; then nothing was started, so one new connection is tried. */
    private RemoteExecution start(RemoteCommand command, long deadline) {
        Session kept = kept();
        if (kept != null) {
            try {
                return RemoteExecution.start(kept, command, connector.millis(deadline));
            } catch (JSchException stale) {
                dropIf(kept);
            }
        }
        try {
            return RemoteExecution.start(connected(deadline), command, connector.millis(deadline));
        } catch (JSchException failed) {
            drop();
            throw SshFailures.connecting(node, failed);
        }
    }

    private synchronized @Nullable Session kept() {
        if (session != null && !session.isConnected()) {
            drop();
        }
        return session;
    }

    private synchronized Session connected(long deadline) throws JSchException {
        Session now = kept();
        if (now == null) {
            now = connector.connect(node, deadline);
            session = now;
        }
        return now;
    }

    private synchronized void dropIf(Session stale) {
        if (session == stale) {
            drop();
        }
    }

    /** Closes the connection; the next command opens a new one. */
    synchronized void drop() {
        if (session != null) {
            session.disconnect();
            session = null;
        }
    }

    /** Closes the connection if no command ran since that time. */
    void dropIfIdle(Instant since) {
        if (idle(since)) {
            drop();
        }
    }

    boolean idle(Instant since) {
        return used.isBefore(since) && places.availablePermits() == AT_ONCE;
    }

    synchronized boolean open() {
        return session != null && session.isConnected();
    }
}
