package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.sluice.activities.conversation.Conversation;
import java.io.Closeable;
import java.time.Duration;

/** One connection and how many commands run on it; once it is retired, its last command closes it. */
final class SharedConnection {
    /** JSch's own limit ends first, unless it hangs in a write. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Session session;
    private final Closeable socket;
    private int running;
    private boolean retired;

    SharedConnection(Session session, Closeable socket) {
        this.session = session;
        this.socket = socket;
    }

    /** Its socket: closing it ends also a thread that hangs in a write, which {@link #disconnect} would wait for. */
    Closeable socket() {
        return socket;
    }

    /** Starts a command; fails with {@link RemoteExecution.ChannelRefusedException} if sshd grants no further session on it. */
    RemoteExecution start(RemoteCommand command, int openMillis)
            throws JSchException, RemoteExecution.ChannelRefusedException, RemoteExecution.CommandSentException {
        enter();
        boolean started = false;
        Conversation opening = Conversation.within(Duration.ofMillis(openMillis).plus(GRACE), Long.MAX_VALUE);
        opening.watch(socket);
        try {
            RemoteExecution execution = RemoteExecution.start(session, command, openMillis);
            started = true;
            return execution;
        } finally {
            opening.cancel();
            if (!started) {
                leave();
            }
        }
    }

    private synchronized void enter() {
        running++;
    }

    /** A command on it has ended. */
    synchronized void leave() {
        running--;
        disconnectIfUnused();
    }

    /** No new command runs on it; those that run may end. */
    synchronized void retire() {
        retired = true;
        disconnectIfUnused();
    }

    /** Ends it now, and with it what runs on it. */
    void disconnect() {
        session.disconnect();
    }

    private void disconnectIfUnused() {
        if (retired && running == 0) {
            session.disconnect();
        }
    }

    synchronized boolean isIdle() {
        return running == 0;
    }

    boolean isOpen() {
        return session.isConnected();
    }
}
