package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.eject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.activity.MembershipActivities.Member;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T-C, T-F: one bad member of three takes its share for seconds, on proxies that never reloaded and on those that did. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class BadMemberTest extends TwoProxyFixture {
    private static final int CLIENTS = 5;
    /** With ten clients on two proxies about 100 requests a second. */
    private static final Duration PACE = Duration.ofMillis(100);

    private enum Fault {
        STOPS,
        HANGS,
        DRIPS
    }

    private void afflict(Member member, Fault fault) {
        switch (fault) {
            case STOPS -> cluster.stop(member);
            case HANGS -> cluster.hangs(member, true);
            case DRIPS -> cluster.drips(member);
        }
    }

    @ParameterizedTest(name = "{0}, reloaded: {1}: at most {2} requests lost")
    @CsvSource({"STOPS, false, 10", "STOPS, true, 10", "HANGS, false, 20", "HANGS, true, 20", "DRIPS, false, 20"})
    void badMemberCostsFewRequestsAndIsEjectedAtOnce(Fault fault, boolean reloaded, int atMost) throws IOException {
        Member green = cluster.member("green", 13);
        inService(red, blue, green);
        if (reloaded) {
            first.graceful();
            second.graceful();
        }
        try (SteadyLoad one = new SteadyLoad(first.clients, CLIENTS, PACE);
                SteadyLoad other = new SteadyLoad(second.clients, CLIENTS, PACE)) {
            one.await(50);
            afflict(green, fault);
            one.await(300);
            long begun = System.nanoTime();
            membership.eject(eject(green, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            one.await(50);
            assertThat(one.failures().size() + other.failures().size())
                    .describedAs("%s %s", one.failures(), other.failures())
                    .isLessThanOrEqualTo(atMost);
        } finally {
            cluster.hangs(green, false);
        }
    }
}
