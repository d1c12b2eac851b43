package dev.sluice.acceptance.harness;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
public final class SluiceProcess {
    public static final Path HOME = Path.of(System.getProperty("sluice.home", ".."));
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Queue<String> SAID = new ConcurrentLinkedQueue<>();

    private SluiceProcess() {}

    /** The output of the CLI so far, without that of the lab, which contains its token. */
    public static String recordedOutput() {
        return SAID.stream().filter(text -> !text.contains("sluice lab ")).collect(Collectors.joining("\n"));
    }

    /** The launcher's directory for the lab of this JVM. */
    public static Path runDirectory() {
        return forkDirectory("SLUICE_RUN_DIR", "run");
    }

    /** Each JVM has a lab of its own, so that two can test in parallel. */
    private static Path forkDirectory(String variable, String name) {
        String user = System.getProperty("user.name");
        String all = System.getenv().getOrDefault(variable, "/var/tmp/sluice-test-%s/%s".formatted(user, name));
        return Path.of(all + "-" + System.getProperty("sluice.fork", "1"));
    }

    /** How a command ended. */
    public record ProcessOutcome(List<String> command, int exit, String out, String err, Duration took) {
        public String transcript() {
            return "$ %s\n%s%s\nexit code %d after %d ms"
                    .formatted(String.join(" ", command), err, out, exit, took.toMillis());
        }
    }

    /**
     * Marks the build as current, so that the launcher does not build again during a test, and makes
     * the class archives of the build. One JVM at a time does so.
     */
    public static void markBuilt() {
        Path target = HOME.resolve("target");
        try {
            Files.createDirectories(target);
            try (FileChannel lock = FileChannel.open(target.resolve("built.lock"), CREATE, WRITE);
                    FileLock held = lock.lock()) {
                Files.writeString(target.resolve("built"), "");
                if (held.isValid()
                        && (!isArchiveKept("sluice", "starter") || !isArchiveKept("sluice-worker", "worker"))) {
                    run(
                            Map.of("SLUICE_HOME", HOME.toAbsolutePath().toString()),
                            List.of("bash", "-c", ". \"$SLUICE_HOME/scripts/common.sh\" && archive_classes"));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Java ignores an archive once any jar of its class path is another one, also of a module below. */
    private static boolean isArchiveKept(String archive, String module) throws IOException {
        Path file = HOME.resolve("target/%s.jsa".formatted(archive));
        for (String part : List.of("workflows", "activities", module)) {
            if (!Files.exists(file) || isOlder(file, part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOlder(Path file, String module) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(
                HOME.resolve(module).resolve("target"), "sluice-%s-[0-9]*.jar".formatted(module))) {
            for (Path jar : jars) {
                if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Runs {@code ./sluice} with those words and waits for its end. */
    public static ProcessOutcome runSluice(String... words) {
        return runSluice(Map.of(), words);
    }

    /** The same with more environment. */
    public static ProcessOutcome runSluice(Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("sluice").toString()));
        command.addAll(Arrays.asList(words));
        return run(environment, command);
    }

    /** Starts {@code ./sluice} with those words and does not wait. */
    public static RunningProcess startSluice(String... words) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("sluice").toString()));
        command.addAll(Arrays.asList(words));
        return new RunningProcess(command, launch(Map.of(), command), System.nanoTime());
    }

    public static ProcessOutcome run(Map<String, String> environment, List<String> command) {
        return new RunningProcess(command, launch(environment, command), System.nanoTime()).awaitEnd();
    }

    public static Process launch(Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(HOME.resolve("examples/hello").toFile());
            builder.environment().put("SLUICE_RUN_DIR", runDirectory().toString());
            builder.environment()
                    .put(
                            "SLUICE_LAB_DIR",
                            forkDirectory("SLUICE_LAB_DIR", "lab").toString());
            builder.environment().putAll(environment);
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            return builder.start();
        } catch (IOException failed) {
            throw new IllegalStateException("%s did not start".formatted(command), failed);
        }
    }

    /** A command that is running. */
    public static final class RunningProcess {
        private final List<String> command;
        private final Process process;
        private final long begun;
        private final CompletableFuture<String> out;
        private final CompletableFuture<String> err;

        public RunningProcess(List<String> command, Process process, long begun) {
            this.command = command;
            this.process = process;
            this.begun = begun;
            this.out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            this.err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        }

        /** Waits for its end, at most four minutes. */
        public ProcessOutcome awaitEnd() {
            return awaitEnd(LIMIT);
        }

        public ProcessOutcome awaitEnd(Duration limit) {
            try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("%s did not end within %s".formatted(command, limit));
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                ProcessOutcome outcome = new ProcessOutcome(command, process.exitValue(), out.join(), err.join(), took);
                SAID.add(outcome.transcript());
                return outcome;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        public Process process() {
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
