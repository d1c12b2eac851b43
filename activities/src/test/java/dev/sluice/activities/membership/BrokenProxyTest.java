package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.takeBack;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.workflows.activity.MembershipActivities.UntouchedProxies;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Proxies and writers that fail in the middle: nothing is written by half, and the next call mends it. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class BrokenProxyTest extends TwoProxyFixture {
    @Test
    void writesNothingIfOneProxyIsUnreachable() {
        second.shell.unplug(true);
        assertRefused(
                FailureType.PROXY_UNREACHABLE,
                "Proxy proxy-b (127.0.0.1) cannot be reached",
                () -> membership.join(order(red)));
        assertThat(first.member("red.conf")).doesNotExist();
        assertThat(membership.read(HELLO))
                .extracting(truth -> truth.unreachable().isPresent())
                .containsExactly(false, true);
    }

    @Test
    void brokenConfigurationFailsWithApachesErrorAndWritesNothing() throws IOException {
        Files.writeString(first.directory.resolve("site.conf"), "NoSuchDirective on\n", StandardOpenOption.APPEND);
        assertRefused(FailureType.PROXY_REFUSED, "NoSuchDirective", () -> membership.join(order(red)));
        assertThat(first.member("red.conf")).doesNotExist();
    }

    @Test
    void namesADeadApache() throws IOException {
        second.stop();
        assertRefused(
                FailureType.PROXY_UNREACHABLE,
                "proxy-b (127.0.0.1) cannot be queried",
                () -> membership.join(order(red)));
        membership.leave(takeBack(red));
        assertThat(second.member("red.left")).exists();
        assertThat(second.member("red.conf")).doesNotExist();
    }

    @Test
    void joinWithAnUnreachableProxyProvesThatNothingWasWritten() {
        cluster.cutOff.add("proxy-b");
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> membership.join(order(red)));
        assertThat(failure.getType()).isEqualTo(FailureType.PROXY_UNREACHABLE.name());
        assertThat(failure.getDetails().get(UntouchedProxies.class))
                .isEqualTo(new UntouchedProxies(List.of(new NodeName("proxy-b"))));
        assertThat(first.member("red.conf")).doesNotExist();
    }

    @Test
    void requestsAFreshListOnlyAfterTheLastWrite() throws IOException {
        membership.join(order(red));
        assertThat(cluster.asked).containsExactly(ClusterNodes.LATELY, ClusterNodes.NOW);
        cluster.asked.clear();
        membership.open(order(red), false);
        assertThat(membership.open(order(red), true).waiting()).contains(List.of());
        assertThat(cluster.asked).containsExactly(ClusterNodes.LATELY, ClusterNodes.NOW);
        cluster.state("proxy-b", Role.PROXY, "127.0.0.1", NodeState.READY);
        assertThat(membership.open(order(red), true).waiting()).contains(List.of(new NodeName("proxy-b")));
    }

    @Test
    void writesToAProxyThatAppearsMeanwhile() throws IOException {
        membership.join(order(red));
        TestApache third = cluster.proxy("proxy-c");
        assertThat(membership.join(order(red)).says())
                .isEqualTo("joined, open to pinned requests only on proxy-a, proxy-b, proxy-c");
        third.awaitRunning("red", "Init Drn Ok");
    }

    @Test
    void nextCallRepairsAfterAKilledWriter() throws IOException {
        inService(red);
        for (int millis = 10; millis < 130; millis += 30) {
            killedAfter(millis, ProxyScript.JOIN, "blue", url(blue), "/health", "100", "2", "2");
            killedAfter(millis, ProxyScript.OPEN, "blue");
        }
        membership.join(order(blue));
        membership.open(order(blue), true);
        first.awaitRunning("blue", "Init Ok");
        for (int millis = 10; millis < 130; millis += 30) {
            killedAfter(millis, ProxyScript.EJECT, "blue", "1", "ana", "slow", "www.hello.example");
            killedAfter(millis, ProxyScript.READMIT, "blue");
        }
        membership.readmit(order(blue));
        first.awaitRunning("blue", "Init Ok");
        for (int millis = 10; millis < 130; millis += 30) {
            killedAfter(millis, ProxyScript.LEAVE, "blue", url(blue), "1", "no", "www.hello.example");
        }
        membership.leave(leave(blue, 1));
        assertThat(states(first)).containsExactly("red JOINED", "blue LEFT");
        assertThat(first.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void namesAnotherHolderOfTheLock() throws Exception {
        Process holder = new ProcessBuilder(
                        "flock", first.directory.resolve("members.lock").toString(), "sh", "-c", "echo held; read end")
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertRefused(
                    FailureType.PROXY_UNREACHABLE,
                    "proxy-a (127.0.0.1) cannot be queried: another process has held its members' lock for 5 s",
                    () -> membership.join(order(red)));
        } finally {
            holder.destroy();
        }
    }

    private void killedAfter(int millis, ProxyScript verb, String... arguments) {
        RemoteCommand command = verb.command(arguments);
        List<String> words = new ArrayList<>(List.of("timeout", "-s", "KILL", "0.%03d".formatted(millis)));
        words.addAll(List.of("sh", "-s", "--"));
        words.addAll(List.of(arguments));
        first.shell.run(new RemoteCommand(words, command.stdin()), Duration.ofSeconds(5));
    }
}
