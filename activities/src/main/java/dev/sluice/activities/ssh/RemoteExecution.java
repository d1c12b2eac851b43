package dev.sluice.activities.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.sluice.activities.poll.Poll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One command on one open connection. */
final class RemoteExecution {
    private static final Duration CLOSE_POLL = Duration.ofNanos(500_000);

    private final ChannelExec channel;
    private final Session session;
    private final BoundedOutput out = new BoundedOutput();
    private final BoundedOutput err = new BoundedOutput();

    private RemoteExecution(Session session, ChannelExec channel) {
        this.session = session;
        this.channel = channel;
    }

    /** Starts the command; an exception means that the connection was not good any more and nothing was started. */
    static RemoteExecution start(Session session, RemoteCommand command, int openMillis) throws JSchException {
        ChannelExec channel = channel(session);
        RemoteExecution execution = new RemoteExecution(session, channel);
        channel.setCommand(command.line().getBytes(StandardCharsets.UTF_8));
        channel.setInputStream(new ByteArrayInputStream(command.stdin().getBytes(StandardCharsets.UTF_8)));
        channel.setOutputStream(execution.out);
        channel.setErrStream(execution.err);
        try {
            channel.connect(openMillis);
        } catch (JSchException failed) {
            channel.disconnect();
            throw failed;
        }
        return execution;
    }

    /** JSch answers null, not an exception, when the connection dies just now. */
    private static ChannelExec channel(Session session) throws JSchException {
        if (session.openChannel("exec") instanceof ChannelExec channel) {
            return channel;
        }
        throw new JSchException("the connection was closed");
    }

    /** Waits for its end; empty if the connection broke before the exit status came. */
    Optional<CommandResult> await(long deadline) throws InterruptedException, CommandTimeoutException {
        try {
            if (!out.awaitClosed(deadline - System.nanoTime())) {
                throw new CommandTimeoutException();
            }
            awaitExit(deadline);
            return channel.getExitStatus() < 0
                    ? Optional.empty()
                    : Optional.of(new CommandResult(channel.getExitStatus(), out.text(), err.text()));
        } finally {
            channel.disconnect();
        }
    }

    /** The end of the output may come before the exit status, and JSch tells of the latter only when asked. */
    private void awaitExit(long deadline) throws InterruptedException, CommandTimeoutException {
        boolean ended = Poll.every(CLOSE_POLL)
                .until(deadline)
                .await(() -> channel.isClosed()
                        || !session.isConnected()
                        || Thread.currentThread().isInterrupted());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!ended) {
            throw new CommandTimeoutException();
        }
    }

    /** The command's time is over. */
    static final class CommandTimeoutException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
