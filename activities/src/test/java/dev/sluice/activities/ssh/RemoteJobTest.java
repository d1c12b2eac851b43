package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real script with the machine's shell; only its directory is the test's. */
final class RemoteJobTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration NONE = Duration.ZERO;

    @TempDir
    Path jobs;

    /** Where programs are looked for first. */
    private String searched = "";

    @Test
    void jobReceivesItsPayloadAndReturnsItsOutput() {
        RemoteJobState state = job("bake").start("cat \"$1\"; echo done", "what it reads\n", WAIT);
        assertThat(state).isEqualTo(new RemoteJobState.Succeeded("what it reads\ndone\n"));
        assertThat(jobs.resolve("bake/payload")).doesNotExist();
    }

    @Test
    void missingJobIsNotStarted() {
        assertThat(job("bake").ask(NONE)).isEqualTo(new RemoteJobState.NotStarted());
    }

    @Test
    void parallelStartsRunItOnce() throws Exception {
        Path count = jobs.resolve("count");
        String program = "echo x >>'%s'; while [ ! -e '%s' ]; do sleep 0.02; done".formatted(count, jobs.resolve("go"));
        List<CompletableFuture<RemoteJobState>> started = IntStream.range(0, 5)
                .mapToObj(number ->
                        CompletableFuture.supplyAsync(() -> job("bake").start(program, "", Duration.ofMillis(300))))
                .toList();
        started.forEach(CompletableFuture::join);
        Files.createFile(jobs.resolve("go"));
        assertThat(job("bake").ask(WAIT)).isInstanceOf(RemoteJobState.Succeeded.class);
        assertThat(Files.readString(count)).isEqualTo("x\n");
    }

    @Test
    void newJobIsNeverDead() {
        for (int number = 0; number < 40; number++) {
            assertThat(job("quick-" + number).start("true", "", WAIT)).isInstanceOf(RemoteJobState.Succeeded.class);
        }
    }

    @Test
    void failedJobReturnsItsExitStatusAndIsNotRestarted() {
        RemoteJobState first = job("bake").start("echo no room; exit 7", "", WAIT);
        assertThat(first).isEqualTo(new RemoteJobState.Failed(7, "it exited with 7", "no room\n"));
        assertThat(job("bake").start("echo fine", "", WAIT)).isEqualTo(first);
    }

    @Test
    void removedJobCanStartAgain() {
        job("bake").start("exit 1", "", WAIT);
        job("bake").clean();
        assertThat(job("bake").start("echo fine", "", WAIT)).isEqualTo(new RemoteJobState.Succeeded("fine\n"));
    }

    @Test
    void messagesHoldNoSecret() {
        assertThat(RemoteJob.startCommand("bake", "echo", "secret-payload", NONE)
                        .toString())
                .doesNotContain("secret-payload")
                .endsWith(" <18 characters");
        assertThatThrownBy(() -> job("bake")
                        .finish(TestSshServer.node("hello-app-1"), "echo password=hunter2 gone; exit 7", "", WAIT))
                .hasMessageContaining("it exited with 7; its last lines: password=[redacted] gone")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void killedOrRebootedJobFailsWithItsReason() throws Exception {
        Path dead = Files.createDirectories(jobs.resolve("bake"));
        Files.createFile(dead.resolve("lock"));
        Files.writeString(dead.resolve("boot"), "another boot\n");
        assertThat(job("bake").ask(NONE))
                .isEqualTo(new RemoteJobState.Failed(255, "the node was restarted while it ran", ""));
        Files.copy(
                Path.of("/proc/sys/kernel/random/boot_id"),
                dead.resolve("boot"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(job("bake").ask(NONE))
                .isEqualTo(new RemoteJobState.Failed(255, "it was killed before it ended", ""));
    }

    @Test
    void aWaitIsCountedByTheClockWhereAProcessCostsMuch() throws Exception {
        Path slow = Files.createDirectories(jobs.resolve("bin"));
        for (String name : List.of("flock", "sleep", "cat")) {
            Path program = Files.writeString(
                    slow.resolve(name), "#!/bin/sh\n/bin/sleep 0.05\nexec /usr/bin/%s \"$@\"\n".formatted(name));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        searched = slow + ":";
        job("bake").start("exec /bin/sleep 20", "", Duration.ofSeconds(1));
        long before = System.nanoTime();
        assertThat(job("bake").ask(Duration.ofSeconds(1))).isInstanceOf(RemoteJobState.Running.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void stagedJobIsNotStarted() throws Exception {
        Path staged = Files.createDirectories(jobs.resolve("bake"));
        Files.createFile(staged.resolve("lock"));
        Files.writeString(staged.resolve("program"), "echo staged");
        Files.writeString(staged.resolve("payload"), "");
        assertThat(job("bake").ask(NONE)).isEqualTo(new RemoteJobState.NotStarted());
        assertThat(job("bake").start("echo staged", "", WAIT)).isEqualTo(new RemoteJobState.Succeeded("staged\n"));
    }

    @Test
    void cutOffInputStartsNothing() {
        Shell cutting =
                (command, limit) -> local(command.withStdin(command.stdin().substring(0, 5)));
        assertThatThrownBy(() -> new RemoteJob(cutting, "bake").start("echo never", "payload", WAIT))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(FailureType.COMMAND_LOST.name()));
        assertThat(jobs.resolve("bake")).doesNotExist();
    }

    @Test
    void failureHoldsTheLastLines() {
        assertThatThrownBy(
                        () -> job("bake").finish(TestSshServer.node("hello-app-1"), "echo no room; exit 7", "", WAIT))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getOriginalMessage())
                                .isEqualTo(
                                        "hello-app-1: the job bake failed: it exited with 7; its last lines: no room"));
    }

    @Test
    void commandsAreTheConstantScriptWithValuesAsWords() {
        RemoteCommand start = RemoteJob.startCommand("bake", "echo é", "payload", Duration.ofSeconds(2));
        assertThat(start.words().subList(3, 9))
                .containsExactly(
                        "job",
                        "start",
                        "bake",
                        "2000",
                        "7",
                        "c609f8682c3959fe42be602a14be01cdd8ba125ad69c18bc0a28261b60fcffaa");
        assertThat(start.stdin()).isEqualTo("echo épayload");
        assertThat(RemoteJob.command("ask", "bake", NONE).words().subList(3, 7))
                .containsExactly("job", "ask", "bake", "0");
    }

    private RemoteJob job(String name) {
        return new RemoteJob((command, limit) -> local(command), name);
    }

    /** What sshd does with a command, on this machine. */
    private CommandResult local(RemoteCommand command) {
        try {
            String line = command.line().replace("/var/lib/sluice/jobs", jobs.toString());
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", line);
            builder.environment().merge("PATH", searched, (path, first) -> first + path);
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(command.stdin().getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandResult(process.waitFor(), out, err);
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
