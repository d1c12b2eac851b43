package dev.sluice.activities.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.sluice.activities.poll.Poll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Runs one command on one open connection. */
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

    /** What JSch 2.28 says once the channel is open and it sends the command; the connection may break at any byte. */
    private static final Set<String> SENT =
            Set.of("ChannelExec", "channel request: timeout", "failed to send channel request");

    /**
     * Starts the command.
     *
     * @throws JSchException if the connection was broken and nothing was started
     * @throws ChannelRefusedException if the connection was full and nothing was started
     * @throws CommandSentException if the command was sent and sshd did not confirm that it starts it
     */
    static RemoteExecution start(Session session, RemoteCommand command, int openMillis)
            throws JSchException, ChannelRefusedException, CommandSentException {
        ChannelExec channel = channel(session);
        RemoteExecution execution = new RemoteExecution(session, channel);
        channel.setCommand(command.loginLine().getBytes(StandardCharsets.UTF_8));
        channel.setInputStream(new ByteArrayInputStream(command.stdin().getBytes(StandardCharsets.UTF_8)));
        channel.setOutputStream(execution.out);
        channel.setErrStream(execution.err);
        try {
            channel.connect(openMillis);
        } catch (JSchException failed) {
            // JSch keeps the reason of the refusal (RFC 4254 §5.1, 1 to 4) in the place of the exit status.
            int reason = channel.getExitStatus();
            channel.disconnect();
            if (SENT.contains(String.valueOf(failed.getMessage()))) {
                throw new CommandSentException(failed);
            }
            if (reason > 0 && session.isConnected()) {
                throw new ChannelRefusedException(reason, failed);
            }
            throw failed;
        }
        return execution;
    }

    /** Opens a channel; JSch returns null and not an exception if the connection dies meanwhile. */
    private static ChannelExec channel(Session session) throws JSchException {
        if (session.openChannel("exec") instanceof ChannelExec channel) {
            return channel;
        }
        throw new JSchException("the connection was closed");
    }

    /** Waits for the end; empty if the connection broke before the exit status arrived. */
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

    /** Polls for the exit status, which may arrive after the end of the output and which JSch does not signal. */
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

    /** sshd refuses a further session on a connection that works. */
    static final class ChannelRefusedException extends Exception {
        private static final long serialVersionUID = 1;

        ChannelRefusedException(int reason, JSchException cause) {
            super("reason " + reason, cause);
        }
    }

    /** The command was sent and may run: it must not be sent again. */
    static final class CommandSentException extends Exception {
        private static final long serialVersionUID = 1;

        CommandSentException(JSchException cause) {
            super(cause);
        }
    }

    /** The command timed out. */
    static final class CommandTimeoutException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
