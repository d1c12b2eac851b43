package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSchException;
import dev.sluice.activities.conversation.Conversation;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.model.node.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * One node's connection: opened on first use, shared by all threads, replaced once broken. If sshd grants fewer sessions on
 * a connection (MaxSessions) than run at once, a further connection is opened.
 */
final class JschShell implements Shell {
    /** Below sshd's default of ten sessions per connection. */
    private static final int AT_ONCE = 8;
    /** sshd frees a session a moment after its command has ended. */
    private static final Duration FREED = Duration.ofSeconds(1);

    private static final Duration FREED_POLL = Duration.ofMillis(20);

    /** How long after its limit a command may take to end before its connection is cut. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Node node;
    private final SshConnector connector;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final ReentrantLock connecting = new ReentrantLock();
    private final List<SharedConnection> connections = new ArrayList<>();
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
        RunningCommand running = start(command, limit, deadline);
        Conversation whole = Conversation.within(limit.plus(GRACE), Long.MAX_VALUE);
        whole.watch(running.connection().socket());
        try {
            return running.execution().await(deadline).orElseThrow(() -> SshFailures.lost(node));
        } catch (RemoteExecution.CommandTimeoutException over) {
            // It may be dead: no new command uses it. What others run on it is theirs.
            retire(running.connection());
            throw SshFailures.overLimit(node, limit);
        } finally {
            running.connection().leave();
            whole.cancel();
            used = clock.instant();
        }
    }

    /** Starts the command. A kept connection may be dead or full; then nothing was started, so another one is tried. */
    private RunningCommand start(RemoteCommand command, Duration limit, long deadline) throws InterruptedException {
        Set<SharedConnection> full = new HashSet<>();
        Poll freed = Poll.every(FREED_POLL).until(Math.min(deadline, System.nanoTime() + FREED.toNanos()));
        while (true) {
            boolean kept = isKept(full);
            SharedConnection next = connected(full, limit, deadline);
            try {
                return new RunningCommand(next, next.start(command, connector.millis(deadline)));
            } catch (RemoteExecution.ChannelRefusedException refused) {
                if (!next.isIdle()) {
                    full.add(next);
                } else if (freed.isOver()) {
                    throw SshFailures.noSession(node, refused);
                } else {
                    freed.pause();
                }
            } catch (RemoteExecution.CommandSentException sent) {
                retire(next);
                throw SshFailures.lost(node);
            } catch (JSchException stale) {
                retire(next);
                if (!kept) {
                    throw SshFailures.connecting(node, stale);
                }
            }
        }
    }

    private synchronized boolean isKept(Set<SharedConnection> full) {
        return open().anyMatch(one -> !full.contains(one));
    }

    /** One thread at a time opens a connection, and holds no monitor meanwhile: whoever looks at the others must not wait. */
    private SharedConnection connected(Set<SharedConnection> full, Duration limit, long deadline)
            throws InterruptedException {
        Optional<SharedConnection> kept = kept(full);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (!connecting.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw SshFailures.overLimit(node, limit);
        }
        try {
            Optional<SharedConnection> meanwhile = kept(full);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            SharedConnection made = connector.connect(node, deadline);
            add(made);
            return made;
        } catch (JSchException failed) {
            throw SshFailures.connecting(node, failed);
        } finally {
            connecting.unlock();
        }
    }

    private synchronized Optional<SharedConnection> kept(Set<SharedConnection> full) {
        connections.removeIf(one -> !one.isOpen());
        return open().filter(one -> !full.contains(one)).findFirst();
    }

    private synchronized void add(SharedConnection made) {
        connections.add(made);
    }

    private Stream<SharedConnection> open() {
        return connections.stream().filter(SharedConnection::isOpen);
    }

    private synchronized void retire(SharedConnection connection) {
        connections.remove(connection);
        connection.retire();
    }

    /** The next command opens a new connection; running commands keep theirs. */
    synchronized void retireAll() {
        List.copyOf(connections).forEach(this::retire);
    }

    /** Closes the connections; the next command opens a new one. */
    synchronized void drop() {
        connections.forEach(SharedConnection::disconnect);
        connections.clear();
    }

    /** Closes the connections if no command ran since that time. */
    void dropIfIdle(Instant since) {
        if (idle(since)) {
            drop();
        }
    }

    boolean idle(Instant since) {
        return used.isBefore(since) && places.availablePermits() == AT_ONCE;
    }

    /** How many connections are open. */
    synchronized long count() {
        return open().count();
    }

    private record RunningCommand(SharedConnection connection, RemoteExecution execution) {}
}
