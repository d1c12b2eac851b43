package dev.sluice.lab.namespaces;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the host to its end and returns its output. */
public final class HostCommand {
    /** The exit code of a program and its output on both streams. */
    public record CommandOutcome(int code, String output, String errors) {}

    private HostCommand() {}

    /** Runs to the end with any exit code, or times out after {@code patience}. */
    public static CommandOutcome attempt(List<String> words, Duration patience) throws IOException {
        Path output = Files.createTempFile("sluice-lab", ".out");
        Path errors = Files.createTempFile("sluice-lab", ".err");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            int code = await(process, words, patience);
            return new CommandOutcome(code, text(output), text(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** Runs to the end and returns the output; the exception for a failure contains it. */
    public static String run(List<String> words, Duration patience) throws IOException {
        CommandOutcome outcome = attempt(words, patience);
        if (outcome.code() == 0) {
            return outcome.output();
        }
        throw new IOException("The command %s ended with %d instead of 0: %s"
                .formatted(
                        String.join(" ", words),
                        outcome.code(),
                        outcome.errors().strip()));
    }

    private static int await(Process process, List<String> words, Duration patience) throws IOException {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + String.join(" ", words), interrupted);
        }
        process.destroyForcibly();
        throw new IOException("The command %s timed out after %d s and was killed."
                .formatted(String.join(" ", words), patience.toSeconds()));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
