package dev.sluice.activities.membership;

import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine as a login shell would on a node: the command's line through {@code sh -c}. */
final class LocalShell implements Shell {
    private final Map<String, String> environment;
    private final List<RemoteCommand> journal = new CopyOnWriteArrayList<>();
    private volatile boolean unreachable;
    private volatile Optional<Path> programs = Optional.empty();

    LocalShell(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    void unplug(boolean unplugged) {
        unreachable = unplugged;
    }

    /** As on a full disk: what a script writes cannot be stored, since its {@code sync} fails. */
    void fillDisk(Path directory) throws IOException {
        Path sync = directory.resolve("sync");
        Files.writeString(sync, "#!/bin/sh\necho 'sync: error syncing: No space left on device' >&2\nexit 1\n");
        Files.setPosixFilePermissions(sync, PosixFilePermissions.fromString("rwxr-xr-x"));
        programs = Optional.of(directory);
    }

    List<RemoteCommand> journal() {
        return journal;
    }

    @Override
    public CommandResult run(RemoteCommand command, Duration limit) {
        if (unreachable) {
            throw TypedFailures.of(FailureType.NODE_UNREACHABLE, "no route to host");
        }
        journal.add(command);
        try {
            return answer(command, limit);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw TypedFailures.of(FailureType.COMMAND_LOST, "interrupted");
        }
    }

    private CommandResult answer(RemoteCommand command, Duration limit) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", null);
        Path err = Files.createTempFile("err", null);
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command.line())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            programs.ifPresent(directory ->
                    builder.environment().merge("PATH", directory.toString(), (path, ours) -> ours + ":" + path));
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(command.stdin().getBytes(StandardCharsets.UTF_8));
            } catch (IOException closed) {
                // A command that does not read what it is given is no failure of the shell.
                process.isAlive();
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw TypedFailures.of(FailureType.NODE_UNREACHABLE, "over the limit of " + limit);
            }
            return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
