package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two real Apaches on loopback with two members each, changed while requests flow; each test has its own. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
abstract class TwoProxyFixture {
    LoopbackCluster cluster;
    TestApache first;
    TestApache second;
    Member red;
    Member blue;
    ApacheMembershipActivities membership;

    @BeforeEach
    void twoProxiesAndTwoMembers(@TempDir Path directory) throws IOException {
        cluster = new LoopbackCluster(directory);
        first = cluster.proxy("proxy-a");
        second = cluster.proxy("proxy-b");
        red = cluster.member("red", 11);
        blue = cluster.member("blue", 12);
        membership = new ApacheMembershipActivities(cluster, cluster);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    void inService(Member... members) {
        for (Member member : members) {
            membership.join(order(member));
            awaitHealthy(member);
            membership.open(order(member), true);
            cluster.state(member.name().value(), Role.APP, member.address().value(), NodeState.IN_SERVICE);
        }
    }

    /** As the probation does: until each proxy's own health checks have passed. */
    void awaitHealthy(Member member) {
        WaitUntil.within(
                Duration.ofSeconds(10),
                member.name() + " is healthy on each proxy",
                () -> membership.read(HELLO).stream()
                        .flatMap(proxy -> proxy.members().stream())
                        .filter(status -> status.name().equals(member.name()))
                        .allMatch(status -> status.running().endsWith("Ok")));
    }

    List<String> states(TestApache apache) {
        return truth(apache).members().stream()
                .map(member -> member.name() + " " + member.state())
                .toList();
    }

    MemberStatus truth(TestApache apache, String name) {
        return truth(apache).members().stream()
                .filter(member -> member.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    ProxyMembers truth(TestApache apache) {
        return membership.read(HELLO).stream()
                .filter(truth -> apache.directory.endsWith(truth.proxy().value()))
                .findFirst()
                .orElseThrow();
    }

    static void assertRefused(FailureType type, String says, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(says)
                .satisfies(thrown -> assertThat(TypedFailures.findTyped(thrown).flatMap(TypedFailures::typeOf))
                        .contains(type));
    }
}
