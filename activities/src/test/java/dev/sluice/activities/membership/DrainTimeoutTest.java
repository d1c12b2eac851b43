package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.activity.MembershipActivities.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Who leaves answers what it has begun to answer, and is waited for so long and no longer. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class DrainTimeoutTest extends TwoProxyFixture {
    @Test
    void leavingMemberFinishesItsRequests() throws IOException {
        Member slow = cluster.member("slow", 16, Duration.ofMillis(1500));
        inService(slow, red);
        try (SteadyLoad load = new SteadyLoad(first.clients, 4, Duration.ofMillis(10))) {
            WaitUntil.within(Duration.ofSeconds(5), "a slow request is in flight", () -> first.busy("slow") > 0);
            membership.leave(leave(slow, 1));
            assertThat(first.busy("slow")).isZero();
            load.await(20);
            assertThat(load.failures()).isEmpty();
            assertThat(load.byMember()).containsKey("slow");
        }
    }

    /** T-R1: what does not end by itself ends at the operator's limit, in one command that says what it cut. */
    @Test
    void leaveCutsRequestsAtTheLimitAndReportsTheirNumber() throws IOException {
        Semaphore answers = new Semaphore(0);
        Member endless = cluster.member("endless", 16, answers::acquireUninterruptibly);
        inService(endless, red);
        SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10));
        WaitUntil.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("endless") > 0);

        String says = membership.leave(leave(endless, 1, Duration.ofSeconds(2))).says();

        assertThat(says).matches("left on proxy-a, proxy-b; cut after 2 s: [12] in progress \\(proxy-a\\)");
        assertThat(first.running("endless")).isEqualTo("Init Dis");
        assertThat(states(first)).containsExactly("red JOINED", "endless LEFT");
        assertThat(first.status("ParentServerMPMGeneration")).isEqualTo("0");
        load.close();
        answers.release(1000);
    }

    @Test
    void memberThatReportsRequestsIsCutAtTheLimit() {
        inService(red, blue);
        AtomicInteger busy = new AtomicInteger(3);
        cluster.tellsItsCount(red, busy::get);

        assertThat(membership.leave(leave(red, 1, Duration.ofSeconds(2))).says())
                .contains("cut after 2 s: none in progress, but red itself serves 2 (proxy-a)");
        assertThat(states(first)).containsExactly("blue JOINED", "red LEFT");
    }

    /** A process that died leaves its count behind; no reload is needed where the member itself says that it is idle. */
    @Test
    void deadApacheProcessDoesNotBlockALeave() throws IOException {
        Member slow = cluster.member("slow", 16, Duration.ofSeconds(4));
        cluster.tellsItsCount(slow, () -> 1);
        inService(slow, red);
        try (SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10))) {
            WaitUntil.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("slow") > 0);
            first.killChildren();
            assertThat(membership.leave(leave(slow, 1, Duration.ofSeconds(3))).says())
                    .isEqualTo("left, drained on proxy-a, proxy-b");
            load.await(10);
        }
        assertThat(states(first)).containsExactly("red JOINED", "slow LEFT");
        assertThat(first.status("ParentServerMPMGeneration")).isEqualTo("0");
    }
}
