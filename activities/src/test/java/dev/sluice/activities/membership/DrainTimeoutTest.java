package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

    @Test
    void undrainedMemberIsOutOfTrafficAndKeepsItsFile() throws IOException {
        Semaphore answers = new Semaphore(0);
        Member endless = cluster.member("endless", 16, answers::acquireUninterruptibly);
        inService(endless, red);
        SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10));
        WaitUntil.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("endless") > 0);
        ApacheMembershipActivities hasty = new ApacheMembershipActivities(cluster, cluster, Duration.ofSeconds(2));
        assertRefused(
                FailureType.PROXY_REFUSED,
                "endless gets no new requests but is not proven drained after 2 s: proxy-a has ",
                () -> hasty.leave(leave(endless, 1)));
        assertThat(first.running("endless")).isEqualTo("Init Dis");
        assertThat(states(first)).containsExactly("endless DRAINING", "red JOINED");
        load.close();
        answers.release(1000);
        membership.leave(leave(endless, 1));
        assertThat(states(first)).containsExactly("red JOINED", "endless LEFT");
    }

    @Test
    void secondLeaveSucceedsUndrainedAndGuarded() throws IOException {
        Semaphore answers = new Semaphore(0);
        Member endless = cluster.member("endless", 16, answers::acquireUninterruptibly);
        inService(endless, red);
        ApacheMembershipActivities hasty = new ApacheMembershipActivities(cluster, cluster, Duration.ofSeconds(2));
        LeaveOrder again = new LeaveOrder(LoopbackCluster.HELLO, endless, List.of(), 1, false, true);
        SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10));
        WaitUntil.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("endless") > 0);
        second.byHand(url(red), "w_status_D=1");
        assertRefused(FailureType.GUARD_REFUSED, "proxy-b", () -> hasty.leave(again));
        second.byHand(url(red), "w_status_D=0");
        membership.readmit(order(red));
        hasty.leave(again);
        load.close();
        answers.release(1000);
        assertThat(states(second)).containsExactly("red JOINED", "endless LEFT");
    }

    @Test
    void memberThatReportsRequestsIsNotDrained() {
        inService(red, blue);
        AtomicInteger busy = new AtomicInteger(3);
        cluster.tellsItsCount(red, busy::get);

        ApacheMembershipActivities hasty = new ApacheMembershipActivities(cluster, cluster, Duration.ofSeconds(2));
        assertRefused(
                FailureType.PROXY_REFUSED,
                "not proven drained after 2 s: proxy-a has none in progress, but red itself serves 2",
                () -> hasty.leave(leave(red, 1)));

        busy.set(1);
        hasty.leave(leave(red, 1));
        assertThat(states(first)).containsExactly("blue JOINED", "red LEFT");
    }

    @Test
    void deadApacheProcessDoesNotBlockALeave() throws IOException {
        Member slow = cluster.member("slow", 16, Duration.ofSeconds(4));
        inService(slow, red);
        try (SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10))) {
            WaitUntil.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("slow") > 0);
            first.killChildren();
            // After the reload half of the limit is left for requests that take four seconds.
            new ApacheMembershipActivities(cluster, cluster, Duration.ofSeconds(12)).leave(leave(slow, 1));
            load.await(10);
        }
        assertThat(states(first)).containsExactly("red JOINED", "slow LEFT");
        assertThat(first.status("ParentServerMPMGeneration")).isEqualTo("1");
        assertThat(second.status("ParentServerMPMGeneration")).isEqualTo("0");
    }
}
