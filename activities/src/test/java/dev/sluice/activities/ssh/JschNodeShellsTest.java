package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.activities.FreePort;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.failure.ApplicationFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JschNodeShellsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final TestClock clock = new TestClock();

    @Test
    void acceptsTheAuthoritysCertificateAndReusesTheConnection() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            CommandResult answer =
                    shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("echo", "it's me"), LIMIT);
            shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT);
            assertThat(answer).isEqualTo(new CommandResult(0, "it's me\n", ""));
            assertThat(shells.count()).isEqualTo(1);
            assertThat(node.journal)
                    .containsExactly(
                            RemoteCommand.ENVIRONMENT + "echo 'it'\\''s me'", RemoteCommand.ENVIRONMENT + "true");
        }
    }

    @Test
    void returnsExitStatusAndBothStreams() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            String much = "line\n".repeat(40_000);
            assertThat(shell.run(RemoteCommand.of("wc", "-c").withStdin(much), LIMIT)
                            .out()
                            .strip())
                    .isEqualTo("200000");
            assertThat(shell.run(RemoteCommand.script("echo out; echo err >&2; exit 3"), LIMIT))
                    .isEqualTo(new CommandResult(3, "out\n", "err\n"));
        }
    }

    @Test
    void rejectsTheCertificateOfAnotherNode() throws Exception {
        String foreign = TestSshServer.authority().sign(new NodeName("hello-app-2"), TestSshServer.OWN.publicText());
        try (TestSshServer node = new TestSshServer(TestSshServer.OWN.privateText(), foreign);
                JschNodeShells shells = shells(node.port())) {
            fails(
                    "HOST_IDENTITY",
                    () -> shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT));
        }
    }

    @Test
    void rejectsTheCertificateOfAnotherAuthority() throws Exception {
        HostCertificateAuthority other = new HostCertificateAuthority(
                Ed25519Key.ofSeed(TestSshServer.seed(9)).privateText(), java.time.Clock.systemUTC());
        String certificate = other.sign(new NodeName(TestSshServer.NAME), TestSshServer.OWN.publicText());
        try (TestSshServer node = new TestSshServer(TestSshServer.OWN.privateText(), certificate);
                JschNodeShells shells = shells(node.port())) {
            fails(
                    "HOST_IDENTITY",
                    () -> shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT));
            fails(
                    "HOST_IDENTITY",
                    () -> shells.openAtFirstBoot(TestSshServer.node(TestSshServer.NAME))
                            .run(RemoteCommand.of("true"), LIMIT));
        }
    }

    @Test
    void acceptsThePinnedKeyOnlyAtFirstBoot() throws Exception {
        try (TestSshServer node = new TestSshServer(pinned(TestSshServer.NAME), "");
                JschNodeShells shells = shells(node.port())) {
            assertThat(shells.openAtFirstBoot(TestSshServer.node(TestSshServer.NAME))
                            .run(RemoteCommand.of("true"), LIMIT)
                            .succeeded())
                    .isTrue();
            fails(
                    "HOST_IDENTITY",
                    () -> shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT));
        }
    }

    @Test
    void rejectsThePinnedKeyOfAnotherNode() throws Exception {
        try (TestSshServer node = new TestSshServer(pinned("hello-app-2"), "");
                JschNodeShells shells = shells(node.port())) {
            fails(
                    "HOST_IDENTITY",
                    () -> shells.openAtFirstBoot(TestSshServer.node(TestSshServer.NAME))
                            .run(RemoteCommand.of("true"), LIMIT));
        }
    }

    @Test
    void acceptsACertificateAtFirstBoot() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            assertThat(shells.openAtFirstBoot(TestSshServer.node(TestSshServer.NAME))
                            .run(RemoteCommand.of("true"), LIMIT)
                            .succeeded())
                    .isTrue();
        }
    }

    @Test
    void refusedKeyHasItsOwnFailureAndIsRetried() throws Exception {
        String stranger = Ed25519Key.ofSeed(TestSshServer.seed(8)).privateText();
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port(), stranger)) {
            fails(
                    "LOGIN_REFUSED",
                    () -> shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT));
        }
    }

    @Test
    void refusedConnectionIsAnUnreachableNode() throws Exception {
        try (JschNodeShells shells = shells(FreePort.next())) {
            fails(
                    "NODE_UNREACHABLE",
                    () -> shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT));
        }
    }

    @Test
    void frozenNodeCostsOnlyTheConnectLimit() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                JschNodeShells shells = shells(frozen.getLocalPort())) {
            long before = System.nanoTime();
            fails(
                    "NODE_UNREACHABLE",
                    () -> shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void timedOutCommandClosesItsConnection() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            shell.run(RemoteCommand.of("true"), LIMIT);
            fails("NODE_UNREACHABLE", () -> shell.run(RemoteCommand.of("sleep", "30"), Duration.ofMillis(400)));
            assertThat(shells.count()).isZero();
            assertThat(shell.run(RemoteCommand.of("echo", "again"), LIMIT).out())
                    .isEqualTo("again\n");
        }
    }

    @Test
    void brokenConnectionIsALostCommand() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            shell.run(RemoteCommand.of("true"), LIMIT);
            fails("COMMAND_LOST", () -> shell.run(RemoteCommand.of("hang-up"), LIMIT));
        }
    }

    @Test
    void replacesABrokenIdleConnection() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            shell.run(RemoteCommand.of("true"), LIMIT);
            node.dropConnections();
            assertThat(shell.run(RemoteCommand.of("echo", "still"), LIMIT).out())
                    .isEqualTo("still\n");
        }
    }

    @Test
    void threadsShareOneConnection() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            List<CompletableFuture<String>> asked = IntStream.range(0, 20)
                    .mapToObj(number ->
                            CompletableFuture.supplyAsync(() -> shell.run(RemoteCommand.of("echo", "" + number), LIMIT)
                                    .out()
                                    .strip()))
                    .toList();
            Set<String> said = asked.stream().map(CompletableFuture::join).collect(Collectors.toSet());
            assertThat(said).hasSize(20);
            assertThat(shells.count()).isEqualTo(1);
        }
    }

    @Test
    void closesIdleConnectionsAndUsesDaemonThreads() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT);
            assertThat(threads("Connect thread")).isNotEmpty().allMatch(Thread::isDaemon);
            clock.advance(Duration.ofMinutes(2));
            shells.closeIdle();
            assertThat(shells.count()).isEqualTo(1);
            clock.advance(Duration.ofMinutes(2));
            shells.closeIdle();
            assertThat(shells.count()).isZero();
        }
    }

    @Test
    void nothingOfRootsLoginReachesACommand() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            assertThat(shell.run(RemoteCommand.of("env"), LIMIT).out().lines())
                    .containsExactly(
                            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                            "HOME=/root",
                            "LC_ALL=C.UTF-8",
                            "TZ=UTC");
            assertThat(shell.run(RemoteCommand.script("type curl | head -n 1"), LIMIT)
                            .out())
                    .contains("function");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRefusedSessionRunsOnAnotherConnectionAndBreaksNoCommand(int granted) throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            node.limitSessions(granted);
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            List<CompletableFuture<String>> asked = IntStream.range(0, 12)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> shell.run(RemoteCommand.script("sleep 0.3; echo " + number), LIMIT)
                                    .out()
                                    .strip(),
                            command -> new Thread(command).start()))
                    .toList();
            assertThat(asked.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
            assertThat(shells.count()).isBetween(2L, 8L / granted + 1);
        }
    }

    @Test
    void aNodeThatGrantsNoSessionSaysSo() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            node.limitSessions(0);
            assertThatThrownBy(() ->
                            shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT))
                    .hasMessageContaining(
                            "accepts the workers' key and grants no session (reason 2): expected at least 1, see MaxSessions");
        }
    }

    @Test
    void aCommandThatSshdDoesNotConfirmIsLostAndNotSentAgain() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            shell.run(RemoteCommand.of("true"), LIMIT);
            fails("COMMAND_LOST", () -> shell.run(RemoteCommand.of("unconfirmed"), LIMIT));
            assertThat(node.journal)
                    .filteredOn(line -> line.endsWith("unconfirmed"))
                    .hasSize(1);
        }
    }

    @Test
    void aCommandOverItsLimitBreaksNoOtherCommand() throws Exception {
        try (TestSshServer node = TestSshServer.sealed();
                JschNodeShells shells = shells(node.port())) {
            Shell shell = shells.open(TestSshServer.node(TestSshServer.NAME));
            shell.run(RemoteCommand.of("true"), LIMIT);
            CompletableFuture<String> other =
                    CompletableFuture.supplyAsync(() -> shell.run(RemoteCommand.script("sleep 1.5; echo whole"), LIMIT)
                            .out());
            fails("NODE_UNREACHABLE", () -> shell.run(RemoteCommand.of("sleep", "30"), Duration.ofMillis(400)));
            assertThat(other.join()).isEqualTo("whole\n");
        }
    }

    private static Set<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .collect(Collectors.toSet());
    }

    private static void fails(String expected, ThrowingCallable command) {
        assertThatThrownBy(command)
                .asInstanceOf(type(ApplicationFailure.class))
                .satisfies(failure -> assertThat(failure.getType()).isEqualTo(expected))
                .satisfies(failure -> assertThat(failure.getOriginalMessage())
                        .contains(TestSshServer.NAME)
                        .doesNotEndWith("."));
    }

    private static String pinned(String name) {
        String data = TestSshServer.CONTACT.create(TestSshServer.node(name).ref());
        return data.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private JschNodeShells shells(int port) {
        return shells(port, TestSshServer.WORKER.privateText());
    }

    private JschNodeShells shells(int port, String worker) {
        return new JschNodeShells(
                worker, TestSshServer.authority(), TestSshServer.CONTACT, clock, port, Duration.ofSeconds(3));
    }
}
