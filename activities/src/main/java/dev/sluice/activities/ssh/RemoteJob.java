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
 * A long remote command with a name. It outlives the connection and the worker that started it; whoever comes later asks
 * for it by its name instead of running it again.
 */
public final class RemoteJob {
    private static final String SCRIPT = ScriptResources.read(RemoteJob.class, "job.sh");
    private static final String MARK = "sluice-job ";
    private static final Duration ROUND_TRIP = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final List<String> AWAY =
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
     * Starts the job unless it is there already, and waits a moment for its end.
     *
     * @param program POSIX script; its first argument is the path of a file with the payload
     */
    public RemoteJobState start(String program, String payload, Duration wait) {
        return ask(startCommand(name, program, payload, wait), wait);
    }

    /**
     * Starts the job unless it is there already, waits for its end and returns its last lines. A connection that breaks
     * meanwhile costs nothing. Fails with COMMAND_FAILED when the job failed, COMMAND_LOST when the limit is over while it
     * goes on.
     */
    public String finish(Node node, String program, String payload, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        RemoteJobState state = start(program, payload, LOOK);
        while (System.nanoTime() < deadline) {
            if (state instanceof RemoteJobState.Succeeded done) {
                return done.lastLines();
            }
            if (state instanceof RemoteJobState.Failed failed) {
                throw failed(node, failed);
            }
            state = state instanceof RemoteJobState.NotStarted ? start(program, payload, LOOK) : askAgain(deadline);
        }
        throw TypedFailures.of(
                FailureType.COMMAND_LOST,
                "%s: the job %s still runs after %d s; it goes on and is asked again."
                        .formatted(node.name(), name, limit.toSeconds()));
    }

    private RemoteJobState askAgain(long deadline) {
        return Poll.every(PAUSE)
                .until(deadline)
                .retry(
                        () -> ask(LOOK),
                        failure -> failure instanceof ApplicationFailure typed && AWAY.contains(typed.getType()));
    }

    private ApplicationFailure failed(Node node, RemoteJobState.Failed failed) {
        List<String> lines = LogRedaction.redact(failed.lastLines()).lines().toList();
        String last = String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        return TypedFailures.of(
                FailureType.COMMAND_FAILED,
                "%s: the job %s failed: %s; its last lines: %s".formatted(node.name(), name, failed.why(), last));
    }

    /** What became of it, after waiting a moment for its end. */
    public RemoteJobState ask(Duration wait) {
        return ask(command("ask", name, wait), wait);
    }

    /** Forgets an ended job, so that its name can be used again; a running one stays. */
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
                    "The job %s could not be handed over: exit %d, %s"
                            .formatted(name, answer.exit(), answer.err().strip()));
        }
        return read(answer.out());
    }

    /** Anything before the mark is a login banner's. */
    static RemoteJobState read(String out) {
        int mark = out.indexOf(MARK);
        int end = out.indexOf('\n', mark);
        if (mark < 0 || end < 0) {
            throw TypedFailures.of(FailureType.COMMAND_LOST, "The answer of a job was cut off.");
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
