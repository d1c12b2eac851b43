package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.eject;
import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.FreePort;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Shows that health checks arrive and pass, and that guards query the members instead of Apache's flags. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class HealthCheckProofTest extends TwoProxyFixture {
    /** So that Apache's word stays what it was for as long as a test takes. */
    private static final HealthSpec RARELY =
            new HealthSpec("/health", "www.hello.example", "/", Duration.ofMinutes(1), 2, 2);

    /** T-B: on a proxy that never reloaded. */
    @Test
    void sendsHealthChecksToALiveMemberBeforeAnyReload() throws IOException {
        membership.join(order(rarely(blue)));
        assertThat(first.running("blue")).isEqualTo("Init Drn HcFl");
        membership.join(order(red));
        first.awaitRunning("red", "Init Drn Ok");
        int seen = cluster.healthChecks(red);
        assertThat(seen).isGreaterThanOrEqualTo(2);
        WaitUntil.within(Duration.ofSeconds(5), "more checks", () -> cluster.healthChecks(red) > seen + 4);
        assertThat(first.status("ParentServerMPMGeneration")).isEqualTo("0");
    }

    /** T-E: what the proxies ask for must be good before a request is sent. */
    @Test
    void probationFailsForAMemberWhoseHealthChecksFail() {
        Member elsewhere = new Member(red.name(), red.address(), red.port(), healthAt("/gone"));
        membership.join(order(elsewhere));
        assertRefused(
                FailureType.PROBATION_FAILED,
                "red: the own health checks of proxy-",
                () -> proxies().probe(probation(Duration.ofSeconds(1))));
        assertThat(cluster.healthChecks(red)).isZero();
    }

    @Test
    void healthChecksUseThePathOfTheClusterFile() throws IOException {
        Member elsewhere = new Member(red.name(), red.address(), red.port(), healthAt("/up"));
        membership.join(order(elsewhere));
        first.awaitRunning("red", "Init Drn Ok");
        membership.open(order(elsewhere), true);
        first.graceful();
        assertThat(Files.readString(first.member("red.conf"))).contains("hcuri=/up hcinterval=100ms");
        assertThat(proxies().probe(probation(Duration.ofSeconds(5))).errors()).isZero();
        assertThat(cluster.healthChecks(red)).isZero();
    }

    /** T-X: Apache's word is older than the member's death. */
    @Test
    void guardKeepsTheLastMemberThatAnswers() throws IOException {
        Member dead = rarely(red);
        Member last = rarely(blue);
        ok(dead, last);
        cluster.stop(dead);
        assertThat(first.running("red")).isEqualTo("Init Ok");

        String says = " proxy-a 0 other members are healthy, and the role's minimum is 1";
        assertRefused(FailureType.GUARD_REFUSED, says, () -> membership.leave(leave(last, 1)));
        assertRefused(FailureType.GUARD_REFUSED, says, () -> membership.eject(eject(last, 1)));
        assertThat(first.running("blue")).isEqualTo("Init Ok");
        assertThat(second.running("blue")).isEqualTo("Init Ok");
        assertThat(states(first)).containsExactly("blue JOINED", "red JOINED");
    }

    @Test
    void guardDoesNotCountAMemberThatHangsOrFails() throws IOException {
        Member hanging = rarely(cluster.member("hanging", 13));
        Member last = rarely(blue);
        ok(hanging, last);
        cluster.hangs(hanging, true);
        assertRefused(FailureType.GUARD_REFUSED, "0 other members", () -> membership.leave(leave(last, 1)));
        cluster.hangs(hanging, false);
        membership.leave(leave(last, 1));
        assertThat(states(first)).containsExactly("hanging JOINED", "blue LEFT");
    }

    /** T-C, T-DD: no worker of the proxy is free, and the bad member still goes, in seconds. */
    @Test
    void ejectsWithoutAFreeWorkerOfTheProxy() throws IOException {
        inService(red, blue);
        cluster.hangs(red, true);
        cluster.hangs(blue, true);
        try (ManyRequests held = ManyRequests.hold(first.clients, 240)) {
            WaitUntil.within(
                    Duration.ofSeconds(20),
                    "no worker is left",
                    () -> first.status("ServerUptimeSeconds").isEmpty());
            cluster.hangs(blue, false);
            long begun = System.nanoTime();
            membership.eject(eject(red, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(held.count()).isPositive();
        } finally {
            cluster.hangs(red, false);
        }
        assertThat(states(first)).containsExactly("blue JOINED", "red EJECTED");
        assertThat(first.running("red")).contains("Dis");
        assertThat(second.running("red")).contains("Dis");
    }

    /** The configuration is the user's own; what Sluice needs of it is asked before the proxy takes its members. */
    @Test
    void refusesAProxyWithoutHealthChecks() throws IOException {
        TestApache bare = cluster.proxy("proxy-c");
        change(bare, "(?m)^  ProxyHCExpr.*$", "");
        assertUnsuited("its Apache makes no health checks: the virtual host of 127.0.0.1:");
    }

    @Test
    void refusesAProxyWithAnUnsafeBalancingMethod() throws IOException {
        change(cluster.proxy("proxy-c"), "lbmethod=bybusyness", "lbmethod=byrequests");
        assertUnsuited("balancer://app has lbmethod=byrequests; with bybusyness a member that hangs");
    }

    /** T-M1 */
    @Test
    void refusesASecondBalancerWithTheSameMembers() throws IOException {
        TestApache twice = cluster.proxy("proxy-c");
        change(
                twice,
                "  ProxyPass \"/\" \"balancer://app/\"",
                "  <Proxy \"balancer://upload\">\n    IncludeOptional %s/members/*.conf\n  </Proxy>\n$0"
                        .formatted(twice.directory));
        assertUnsuited("/members in 2 places; exactly one is expected, in balancer://app");
    }

    @Test
    void leavesAnotherBalancerAlone() throws IOException {
        change(
                first,
                "  ProxyHCExpr",
                "  <Proxy \"balancer://archive\">\n    BalancerMember \"http://127.0.0.99:81\" route=red\n  </Proxy>\n$0");
        inService(red);
        assertThat(states(first)).containsExactly("red JOINED");
        assertThat(proxies().examine(HELLO, first.clients).get(0).differences()).isEmpty();
        assertThat(proxies().examine(HELLO, first.clients).get(0).unsuited()).isEmpty();
    }

    @Test
    void publicRefusalRevealsNoMembers() throws IOException {
        inService(red);
        first.graceful();
        String answer = first.shell
                .run(
                        RemoteCommand.of(
                                "curl",
                                "-ski",
                                "-H",
                                "Host: 127.0.0.1",
                                "https://127.0.0.1:%d/-/balancer-manager".formatted(first.clients)),
                        Duration.ofSeconds(5))
                .out();
        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("X-Sluice-");
    }

    private void assertUnsuited(String says) {
        AdoptOrder order = new AdoptOrder(HELLO, new NodeName("proxy-c"), cluster.port, LoopbackCluster.HEALTH);
        assertRefused(FailureType.PROXY_REFUSED, says, () -> membership.adopt(order));
        assertRefused(FailureType.PROXY_REFUSED, "docs/proxy-configuration.md", () -> membership.adopt(order));
    }

    private static void change(TestApache apache, String from, String to) throws IOException {
        Path site = apache.directory.resolve("site.conf");
        Files.writeString(site, Files.readString(site).replaceFirst(from, to));
        apache.graceful();
    }

    private static HealthSpec healthAt(String path) {
        return new HealthSpec(path, "www.hello.example", "/", Duration.ofMillis(100), 2, 2);
    }

    private static Member rarely(Member member) {
        return new Member(member.name(), member.address(), member.port(), RARELY);
    }

    /** In service without a health check that could tell of what comes. */
    private void ok(Member... members) throws IOException {
        for (Member member : members) {
            membership.join(order(member));
            membership.open(order(member), true);
            first.byHand(LoopbackCluster.url(member), "w_status_C=0");
            second.byHand(LoopbackCluster.url(member), "w_status_C=0");
        }
    }

    private ApacheProxyActivities proxies() {
        return new ApacheProxyActivities(cluster, cluster, new ClientProbe(Duration.ofSeconds(2)), FreePort.next());
    }

    private static ProbationOrder probation(Duration healthy) {
        return new ProbationOrder(
                HELLO,
                List.of(),
                List.of(new NodeName("red")),
                List.of(),
                "www.hello.example",
                "/",
                Duration.ofSeconds(1),
                healthy);
    }
}
