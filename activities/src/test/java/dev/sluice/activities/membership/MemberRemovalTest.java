package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.eject;
import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.takeBack;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A member leaves without a lost request, or stays where the guard says so. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class MemberRemovalTest extends TwoProxyFixture {
    @Test
    void memberLeavesUnderLoadWithoutALostRequest() throws IOException {
        inService(red, blue);
        try (SteadyLoad load = new SteadyLoad(second.clients, 4, Duration.ofMillis(10))) {
            load.await(40);
            membership.leave(leave(red, 1));
            load.await(40);
            assertThat(load.failures()).isEmpty();
            assertThat(load.staleCloses()).isZero();
        }
        assertThat(states(first)).containsExactly("blue JOINED", "red LEFT");
        assertThat(states(second)).containsExactly("blue JOINED", "red LEFT");
        assertThat(first.running("red")).isEqualTo("Init Dis");
        assertThat(membership.leave(leave(red, 1)).proxies()).hasSize(2);
        assertRefused(
                FailureType.PROXY_REFUSED,
                "red has left it; names are never reused",
                () -> membership.join(order(red)));
    }

    @Test
    void lastHealthyMemberStaysAndTheLeaveIsRolledBack() throws IOException {
        inService(red, blue);
        second.byHand(url(blue), "w_status_D=1");
        assertRefused(
                FailureType.GUARD_REFUSED,
                "on proxy-b 0 other members are healthy, and the role's minimum is 1",
                () -> membership.leave(leave(red, 1)));
        assertThat(first.running("red")).isEqualTo("Init Ok");
        assertThat(states(first)).containsExactly("blue JOINED", "red JOINED");
        assertRefused(FailureType.GUARD_REFUSED, "proxy-b", () -> membership.eject(eject(red, 1)));
        assertThat(first.running("red")).isEqualTo("Init Ok");
        assertThat(first.member("red.ejected")).doesNotExist();
        assertThat(first.member("red.left")).doesNotExist();
    }

    @Test
    void guardExemptsTheOwnNodeAndAMinimumOfZero() throws IOException {
        inService(red);
        membership.join(order(blue));
        membership.leave(takeBack(blue));
        assertThat(states(first)).containsExactly("red JOINED", "blue LEFT");
        membership.leave(leave(red, 0));
        assertThat(states(first)).containsExactly("blue LEFT", "red LEFT");
    }

    @Test
    void oneOfTwoParallelLeavesIsRefused() {
        inService(red, blue);
        List<String> outcomes = ClusterProxies.inParallel(List.of(red, blue), member -> {
            try {
                membership.leave(leave(member, 1));
                return "left";
            } catch (ApplicationFailure refused) {
                return refused.getType();
            }
        });
        assertThat(outcomes).containsExactlyInAnyOrder("left", "GUARD_REFUSED");
        for (TestApache proxy : List.of(first, second)) {
            assertThat(states(proxy))
                    .filteredOn(state -> state.endsWith("JOINED"))
                    .hasSize(1);
            assertThat(List.of(proxy.running("red"), proxy.running("blue")))
                    .containsExactlyInAnyOrder("Init Ok", "Init Dis");
        }
    }
}
