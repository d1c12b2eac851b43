package dev.sluice.activities.ssh;

import dev.sluice.activities.poll.Poll;
import dev.sluice.activities.secret.LogRedaction;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Runs a long remote command under a name. The job outlives the connection and the worker that started it; a later
 * attempt queries it by its name and does not start it again.
 */
public final class RemoteJob {
    private static final String SCRIPT = ScriptResources.read(RemoteJob.class, "job.sh");
    private static final String MARK = "sluice-job ";
    private static final Duration ROUND_TRIP = Duration.ofSeconds(10);

    private static final Duration POLL_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final List<String> EXPECTED =
            List.of(FailureType.COMMAND_LOST.name(), FailureType.NODE_UNREACHABLE.name());

    private final Shell shell;
    private final String name;

    public RemoteJob(Shell shell, String name) {
        if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("'%s' is not the name of a job".formatted(name));
        }
        this.shell = shell;
        this.name = name;
    }

    /**
     * Starts the job unless it exists, and waits briefly for its end. Idempotent.
     *
     * @param program POSIX script; its first argument is the path of a file with the payload
     */
    public RemoteJobState start(String program, String payload, Duration wait) {
        return ask(startCommand(name, program, payload, wait), wait);
    }

    /**
     * Starts the job unless it exists, waits for its end and returns its last lines. Reconnects if the connection breaks.
     * Fails with COMMAND_FAILED if the job failed, and with COMMAND_LOST if the job still runs after the limit.
     */
    public String finish(Node node, String program, String payload, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        RemoteJobState state = start(program, payload, POLL_WAIT);
        while (System.nanoTime() < deadline) {
            if (state instanceof RemoteJobState.Succeeded done) {
                return done.lastLines();
            }
            if (state instanceof RemoteJobState.Failed failed) {
                throw failed(node, failed);
            }
            state = state instanceof RemoteJobState.NotStarted
                    ? start(program, payload, POLL_WAIT)
                    : pollAgain(deadline);
        }
        throw TypedFailures.of(
                FailureType.COMMAND_LOST,
                "%s: the job %s still runs after %d s; Sluice polls it again"
                        .formatted(node.name(), name, limit.toSeconds()));
    }

    private RemoteJobState pollAgain(long deadline) {
        return Poll.every(PAUSE)
                .until(deadline)
                .retry(
                        () -> ask(POLL_WAIT),
                        failure -> failure instanceof ApplicationFailure typed && EXPECTED.contains(typed.getType()));
    }

    private ApplicationFailure failed(Node node, RemoteJobState.Failed failed) {
        List<String> lines = LogRedaction.redact(failed.lastLines()).lines().toList();
        String last = String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        return TypedFailures.of(
                FailureType.COMMAND_FAILED,
                "%s: the job %s failed: %s; its last lines: %s"
                        .formatted(node.name(), name, RemoteText.line(failed.why()), RemoteText.line(last)));
    }

    /** Returns the state of the job after a brief wait for its end. */
    public RemoteJobState ask(Duration wait) {
        return ask(command("ask", name, wait), wait);
    }

    /** Removes an ended job, so that its name can be used again; a running job stays. */
    public void clean() {
        ask(command("clean", name, Duration.ZERO), Duration.ZERO);
    }

    static RemoteCommand startCommand(String name, String program, String payload, Duration wait) {
        byte[] script = program.getBytes(StandardCharsets.UTF_8);
        String input = program + payload;
        return RemoteCommand.of(
                        "sh",
                        "-c",
                        SCRIPT,
                        "job",
                        "start",
                        name,
                        millis(wait),
                        String.valueOf(script.length),
                        Sha256Digest.of(input).value())
                .withStdin(input);
    }

    static RemoteCommand command(String what, String name, Duration wait) {
        return RemoteCommand.of("sh", "-c", SCRIPT, "job", what, name, millis(wait));
    }

    private static String millis(Duration wait) {
        return String.valueOf(wait.toMillis());
    }

    private RemoteJobState ask(RemoteCommand command, Duration wait) {
        CommandResult answer = shell.run(command, ROUND_TRIP.plus(wait));
        if (!answer.succeeded()) {
            throw TypedFailures.of(
                    FailureType.COMMAND_LOST,
                    "The job %s could not be sent: exit %d, %s"
                            .formatted(name, answer.exit(), answer.err().strip()));
        }
        return read(answer.out());
    }

    /** Reads the state; text before the mark is a login banner. */
    static RemoteJobState read(String out) {
        int mark = out.indexOf(MARK);
        int end = out.indexOf('\n', mark);
        if (mark < 0 || end < 0) {
            throw TypedFailures.of(FailureType.COMMAND_LOST, "The answer of a job was cut off");
        }
        String[] words = out.substring(mark + MARK.length(), end).split(" ", 3);
        String log = out.substring(end + 1);
        return switch (words[0]) {
            case "missing" -> new RemoteJobState.NotStarted();
            case "running" -> new RemoteJobState.Running(log);
            case "succeeded" -> new RemoteJobState.Succeeded(log);
            default -> new RemoteJobState.Failed(Integer.parseInt(words[1]), words[2], log);
        };
    }
}
