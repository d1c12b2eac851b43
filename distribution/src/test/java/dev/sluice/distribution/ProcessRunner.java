package dev.sluice.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command with just the environment that is given. */
final class ProcessRunner {
    private static final int SECONDS = 60;

    private ProcessRunner() {}

    /** The exit code of a command and its output on both streams. */
    record ProcessOutcome(int exit, String said) {}

    static ProcessOutcome run(Map<String, String> environment, List<String> command) {
        return run(environment, command, SECONDS);
    }

    static ProcessOutcome run(Map<String, String> environment, List<String> command, int seconds) {
        try {
            Process process = start(environment, command);
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> text(process));
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s did not end within %d s".formatted(command, seconds));
            }
            return new ProcessOutcome(process.exitValue(), said.join());
        } catch (IOException failed) {
            throw new IllegalStateException(command + " did not start", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static ProcessOutcome run(String... command) {
        return run(plain(), List.of(command));
    }

    /** A script of bash's. */
    static ProcessOutcome bash(Map<String, String> environment, String script) {
        return run(environment, List.of("bash", "-c", script));
    }

    static Process start(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The system's programs and the Java that runs this test, nothing else. */
    static Map<String, String> plain() {
        return Map.of(
                "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME", System.getProperty("java.io.tmpdir"),
                "JAVA_HOME", System.getProperty("java.home"));
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }
}
