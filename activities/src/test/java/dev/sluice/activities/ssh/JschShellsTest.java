package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.activities.FreePort;
import dev.sluice.workflows.model.NodeName;
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

final class JschShellsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final TestClock clock = new TestClock();

    @Test
    void a_node_with_a_certificate_of_our_authority_is_accepted_and_the_connection_is_reused() throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            Answer answer = shells.open(TestNode.node(TestNode.NAME)).run(Command.of("echo", "it's me"), LIMIT);
            shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT);
            assertThat(answer).isEqualTo(new Answer(0, "it's me\n", ""));
            assertThat(shells.count()).isEqualTo(1);
            assertThat(node.journal).containsExactly("echo 'it'\\''s me'", "true");
        }
    }

    @Test
    void exit_status_and_both_streams_come_back_and_stdin_is_read_to_its_end() throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            Shell shell = shells.open(TestNode.node(TestNode.NAME));
            String much = "line\n".repeat(40_000);
            assertThat(shell.run(Command.of("wc", "-c").reading(much), LIMIT)
                            .out()
                            .strip())
                    .isEqualTo("200000");
            assertThat(shell.run(Command.script("echo out; echo err >&2; exit 3"), LIMIT))
                    .isEqualTo(new Answer(3, "out\n", "err\n"));
        }
    }

    @Test
    void the_certificate_of_another_node_is_refused() throws Exception {
        String foreign = TestNode.authority().sign(new NodeName("hello-app-2"), TestNode.OWN.publicText());
        try (TestNode node = new TestNode(TestNode.OWN.privateText(), foreign);
                JschShells shells = shells(node.port())) {
            fails(
                    "HOST_IDENTITY",
                    () -> shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
        }
    }

    @Test
    void the_certificate_of_another_authority_is_refused() throws Exception {
        HostAuthority other =
                new HostAuthority(Ed25519Key.ofSeed(TestNode.seed(9)).privateText(), java.time.Clock.systemUTC());
        String certificate = other.sign(new NodeName(TestNode.NAME), TestNode.OWN.publicText());
        try (TestNode node = new TestNode(TestNode.OWN.privateText(), certificate);
                JschShells shells = shells(node.port())) {
            fails(
                    "HOST_IDENTITY",
                    () -> shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
            fails(
                    "HOST_IDENTITY",
                    () -> shells.openAtFirstBoot(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
        }
    }

    @Test
    void the_pinned_key_is_accepted_at_first_boot_and_never_afterwards() throws Exception {
        try (TestNode node = new TestNode(pinned(TestNode.NAME), "");
                JschShells shells = shells(node.port())) {
            assertThat(shells.openAtFirstBoot(TestNode.node(TestNode.NAME))
                            .run(Command.of("true"), LIMIT)
                            .succeeded())
                    .isTrue();
            fails(
                    "HOST_IDENTITY",
                    () -> shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
        }
    }

    @Test
    void the_pinned_key_of_another_node_is_refused_at_first_boot() throws Exception {
        try (TestNode node = new TestNode(pinned("hello-app-2"), "");
                JschShells shells = shells(node.port())) {
            fails(
                    "HOST_IDENTITY",
                    () -> shells.openAtFirstBoot(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
        }
    }

    @Test
    void a_certificate_is_accepted_at_first_boot_too() throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            assertThat(shells.openAtFirstBoot(TestNode.node(TestNode.NAME))
                            .run(Command.of("true"), LIMIT)
                            .succeeded())
                    .isTrue();
        }
    }

    @Test
    void a_node_that_does_not_know_the_workers_key_yet_is_not_there_yet() throws Exception {
        String stranger = Ed25519Key.ofSeed(TestNode.seed(8)).privateText();
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port(), stranger)) {
            fails(
                    "NODE_UNREACHABLE",
                    () -> shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
        }
    }

    @Test
    void a_refused_connection_is_a_node_that_is_not_there_yet() throws Exception {
        try (JschShells shells = shells(FreePort.next())) {
            fails(
                    "NODE_UNREACHABLE",
                    () -> shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
        }
    }

    @Test
    void a_frozen_node_that_takes_the_connection_and_says_nothing_costs_no_more_than_the_connect_limit()
            throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                JschShells shells = shells(frozen.getLocalPort())) {
            long before = System.nanoTime();
            fails(
                    "NODE_UNREACHABLE",
                    () -> shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void a_command_that_does_not_end_is_given_up_at_its_limit_and_the_next_one_gets_a_new_connection()
            throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            Shell shell = shells.open(TestNode.node(TestNode.NAME));
            shell.run(Command.of("true"), LIMIT);
            fails("NODE_UNREACHABLE", () -> shell.run(Command.of("sleep", "30"), Duration.ofMillis(400)));
            assertThat(shells.count()).isZero();
            assertThat(shell.run(Command.of("echo", "again"), LIMIT).out()).isEqualTo("again\n");
        }
    }

    @Test
    void a_connection_that_breaks_while_a_command_runs_is_a_lost_command() throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            Shell shell = shells.open(TestNode.node(TestNode.NAME));
            shell.run(Command.of("true"), LIMIT);
            fails("COMMAND_LOST", () -> shell.run(Command.of("hang-up"), LIMIT));
        }
    }

    @Test
    void a_connection_that_broke_while_idle_is_replaced_without_a_word() throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            Shell shell = shells.open(TestNode.node(TestNode.NAME));
            shell.run(Command.of("true"), LIMIT);
            node.dropConnections();
            assertThat(shell.run(Command.of("echo", "still"), LIMIT).out()).isEqualTo("still\n");
        }
    }

    @Test
    void many_threads_share_one_connection() throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            Shell shell = shells.open(TestNode.node(TestNode.NAME));
            List<CompletableFuture<String>> asked = IntStream.range(0, 20)
                    .mapToObj(number ->
                            CompletableFuture.supplyAsync(() -> shell.run(Command.of("echo", "" + number), LIMIT)
                                    .out()
                                    .strip()))
                    .toList();
            Set<String> said = asked.stream().map(CompletableFuture::join).collect(Collectors.toSet());
            assertThat(said).hasSize(20);
            assertThat(shells.count()).isEqualTo(1);
        }
    }

    @Test
    void an_idle_connection_is_closed_after_some_minutes_and_no_thread_keeps_the_virtual_machine_alive()
            throws Exception {
        try (TestNode node = TestNode.sealed();
                JschShells shells = shells(node.port())) {
            shells.open(TestNode.node(TestNode.NAME)).run(Command.of("true"), LIMIT);
            assertThat(threads("Connect thread")).isNotEmpty().allMatch(Thread::isDaemon);
            clock.advance(Duration.ofMinutes(2));
            shells.closeIdle();
            assertThat(shells.count()).isEqualTo(1);
            clock.advance(Duration.ofMinutes(2));
            shells.closeIdle();
            assertThat(shells.count()).isZero();
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
                        .contains(TestNode.NAME)
                        .endsWith("."));
    }

    private static String pinned(String name) {
        String data = TestNode.CONTACT.of(TestNode.node(name).ref());
        return data.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private JschShells shells(int port) {
        return shells(port, TestNode.WORKER.privateText());
    }

    private JschShells shells(int port, String worker) {
        return new JschShells(worker, TestNode.authority(), TestNode.CONTACT, clock, port, Duration.ofSeconds(3));
    }
}
