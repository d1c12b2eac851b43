package dev.sluice.acceptance;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The product as its user has it: {@code ./sluice} and what it prints. */
final class Product {
    static final Path HOME = Path.of(System.getProperty("sluice.home", ".."));
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Queue<String> SAID = new ConcurrentLinkedQueue<>();

    private Product() {}

    /** All that the command line has said so far, but for the lab's own words, which hold its token. */
    static String said() {
        return SAID.stream().filter(text -> !text.contains("sluice lab ")).collect(Collectors.joining("\n"));
    }

    /** Where the launcher keeps what belongs to this JVM's lab. */
    static Path run() {
        return own("SLUICE_RUN_DIR", "run");
    }

    /** Each JVM has a lab of its own, so that two can test side by side. */
    private static Path own(String variable, String name) {
        String user = System.getProperty("user.name");
        String all = System.getenv().getOrDefault(variable, "/var/tmp/sluice-test-%s/%s".formatted(user, name));
        return Path.of(all + "-" + System.getProperty("sluice.fork", "1"));
    }

    /** What a command came to. */
    record Outcome(List<String> command, int exit, String out, String err, Duration took) {
        String all() {
            return "$ %s\n%s%s\nexit code %d after %d ms"
                    .formatted(String.join(" ", command), err, out, exit, took.toMillis());
        }
    }

    /**
     * Maven has just built it: tells the launcher, so that it does not build again in the middle of a test, and makes
     * the class archives of what was built. One JVM at a time does so.
     */
    static void isBuilt() {
        Path target = HOME.resolve("target");
        try {
            Files.createDirectories(target);
            try (FileChannel lock = FileChannel.open(target.resolve("built.lock"), CREATE, WRITE);
                    FileLock held = lock.lock()) {
                Files.writeString(target.resolve("built"), "");
                if (held.isValid() && (!isKept("sluice", "starter") || !isKept("sluice-worker", "worker"))) {
                    run(
                            Map.of("SLUICE_HOME", HOME.toAbsolutePath().toString()),
                            List.of("bash", "-c", ". \"$SLUICE_HOME/scripts/common.sh\" && archive_classes"));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isKept(String archive, String module) throws IOException {
        Path file = HOME.resolve("target/%s.jsa".formatted(archive));
        Path jar = HOME.resolve("%s/target/sluice-%s-0.1.0-SNAPSHOT.jar".formatted(module, module));
        return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    /** Runs {@code ./sluice} with those words and waits for its end. */
    static Outcome sluice(String... words) {
        return sluice(Map.of(), words);
    }

    /** The same with more environment. */
    static Outcome sluice(Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("sluice").toString()));
        command.addAll(Arrays.asList(words));
        return run(environment, command);
    }

    /** Starts {@code ./sluice} with those words and does not wait. */
    static Running start(String... words) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("sluice").toString()));
        command.addAll(Arrays.asList(words));
        return new Running(command, launch(Map.of(), command), System.nanoTime());
    }

    static Outcome run(Map<String, String> environment, List<String> command) {
        return new Running(command, launch(environment, command), System.nanoTime()).end();
    }

    static Process launch(Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(HOME.resolve("examples/hello").toFile());
            builder.environment().put("SLUICE_RUN_DIR", run().toString());
            builder.environment()
                    .put("SLUICE_LAB_DIR", own("SLUICE_LAB_DIR", "lab").toString());
            builder.environment().putAll(environment);
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            return builder.start();
        } catch (IOException failed) {
            throw new IllegalStateException("%s did not start".formatted(command), failed);
        }
    }

    /** A command that goes on. */
    static final class Running {
        private final List<String> command;
        private final Process process;
        private final long begun;
        private final CompletableFuture<String> out;
        private final CompletableFuture<String> err;

        Running(List<String> command, Process process, long begun) {
            this.command = command;
            this.process = process;
            this.begun = begun;
            this.out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            this.err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        }

        /** Waits for its end, at most four minutes. */
        Outcome end() {
            return end(LIMIT);
        }

        Outcome end(Duration limit) {
            try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("%s did not end within %s".formatted(command, limit));
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                Outcome outcome = new Outcome(command, process.exitValue(), out.join(), err.join(), took);
                SAID.add(outcome.all());
                return outcome;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        Process process() {
            return process;
        }

        private static String text(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException closed) {
                return "";
            }
        }
    }
}
