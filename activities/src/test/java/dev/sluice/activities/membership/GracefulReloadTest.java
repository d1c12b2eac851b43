package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.takeBack;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.activity.ProxyActivities.ReloadOrder;
import dev.sluice.workflows.activity.ProxyActivities.ReloadReport;
import dev.sluice.workflows.activity.ProxyActivities.SlotOrder;
import dev.sluice.workflows.activity.ProxyActivities.SlotReport;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The running Apache made equal to its files, and members watched through it: one real Apache on loopback. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class GracefulReloadTest {
    private static final ReloadOrder ALL = new ReloadOrder(HELLO, List.of(), List.of(), false);
    private static final ReloadOrder IN_TRAFFIC = new ReloadOrder(HELLO, List.of(), List.of(), true);
    private static final SlotOrder ROOM = new SlotOrder(HELLO, List.of());

    private LoopbackCluster cluster;
    private TestApache apache;
    private Member red;
    private Member blue;
    private ApacheMembershipActivities membership;
    private ApacheProxyActivities proxies;

    @BeforeEach
    void oneProxyAndAMemberInService(@TempDir Path directory) throws IOException {
        cluster = new LoopbackCluster(directory);
        apache = cluster.proxy("proxy-a");
        red = cluster.member("red", 11);
        blue = cluster.member("blue", 12);
        membership = new ApacheMembershipActivities(cluster, cluster);
        proxies = new ApacheProxyActivities(cluster, cluster, new ClientProbe(Duration.ofSeconds(2)));
        membership.join(order(red));
        apache.awaitRunning("red", "Init Drn Ok");
        membership.open(order(red), true);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void provesAnEqualProxyWithoutAReload() {
        assertThat(proxies.reload(ALL)).isEqualTo(new ReloadReport(0, 1, "live on proxy-a, no reload needed, proven"));
        assertThat(apache.status("ParentServerMPMGeneration")).isEqualTo("0");
    }

    @Test
    void fewerThanEightLiveJoinsNeedNoReload() throws IOException {
        joined(6);
        assertThat(proxies.makeRoom(ROOM))
                .isEqualTo(new SlotReport(false, "live on proxy-a, no reload needed, proven"));
        assertThat(apache.status("ParentServerMPMGeneration")).isEqualTo("0");
    }

    @Test
    void eightLiveJoinsCauseOneReloadWithoutLostRequests() throws IOException {
        joinedAndLeft(7);
        try (SteadyLoad load = new SteadyLoad(apache.clients, 4, Duration.ofMillis(10))) {
            load.await(40);
            assertThat(proxies.makeRoom(ROOM)).isEqualTo(new SlotReport(true, "one graceful on proxy-a, proven"));
            load.await(40);
            assertThat(load.failures()).isEmpty();
        }
        assertThat(apache.status("ParentServerMPMGeneration")).isEqualTo("1");
        assertThat(apache.running("red")).isEqualTo("Init Ok");
        assertThat(proxies.makeRoom(ROOM).changed()).isFalse();
    }

    /** T-R2: an older generation that still answers keeps its places, and there is room for a new one. */
    @Test
    void longAnswerOfAnOlderGenerationDoesNotStopAReload() throws IOException {
        Semaphore answers = new Semaphore(0);
        Member endless = cluster.member("endless", 16, answers::acquireUninterruptibly);
        membership.join(order(endless));
        apache.awaitRunning("endless", "Init Drn Ok");
        membership.open(order(endless), true);
        try (ManyRequests held = ManyRequests.hold(apache.clients, 6)) {
            WaitUntil.within(Duration.ofSeconds(5), "requests are in flight", () -> apache.busy("endless") > 0);
            apache.graceful();
            WaitUntil.within(
                    Duration.ofSeconds(8),
                    "an old generation answers",
                    () -> !apache.status("Stopping").equals("0"));
            joined(8);
            assertThat(proxies.makeRoom(ROOM)).isEqualTo(new SlotReport(true, "one graceful on proxy-a, proven"));
            assertThat(held.count()).isEqualTo(6);
        } finally {
            answers.release(1000);
        }
    }

    /** T-W1: an MPM that does not report its old processes. */
    @Test
    void reloadsWithAnotherMpm() throws IOException {
        apache.stop();
        Path configuration = apache.directory.resolve("httpd.conf");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("mpm_event_module", "mpm_worker_module")
                        .replace("mod_mpm_event.so", "mod_mpm_worker.so"));
        apache.start();
        joined(8);
        assertThat(proxies.makeRoom(ROOM)).isEqualTo(new SlotReport(true, "one graceful on proxy-a, proven"));
        membership.leave(takeBack(absent(1)));
    }

    private void joinedAndLeft(int members) throws IOException {
        for (int number = 21; number < 21 + members; number++) {
            Member next = cluster.member("member" + number, number);
            membership.join(order(next));
            membership.leave(takeBack(next));
        }
    }

    @Test
    void makeRoomSharesAListAndNeedsNoProxy(@TempDir Path nothing) throws IOException {
        try (LoopbackCluster empty = new LoopbackCluster(nothing)) {
            ApacheProxyActivities none =
                    new ApacheProxyActivities(empty, empty, new ClientProbe(Duration.ofSeconds(2)));
            assertThat(none.makeRoom(ROOM)).isEqualTo(new SlotReport(false, "no proxy exists yet"));
            assertThat(empty.asked).containsExactly(ClusterNodes.LATELY);
        }
    }

    @Test
    void onlyTheFirstOfTwoRunsReloads() throws IOException {
        joined(7);
        GracefulReload reload = new GracefulReload();
        ProxyConnection proxy = proxy();
        assertThat(reload.reconcile(proxy, GracefulReload.LIVE_JOINS).graceful())
                .isTrue();
        assertThat(reload.reloadIfNeeded(proxy, GracefulReload.LIVE_JOINS)).isTrue();
        assertThat(reload.reloadIfNeeded(proxy, GracefulReload.LIVE_JOINS)).isFalse();
        assertThat(apache.status("ParentServerMPMGeneration")).isEqualTo("1");
    }

    @Test
    void deploymentReloadsOnlyIfSlotsAreScarce() throws IOException {
        joined(GracefulReload.SCARCE - 2);
        assertThat(proxies.reload(IN_TRAFFIC).gracefuls()).isZero();
        membership.join(order(absent(GracefulReload.SCARCE)));
        assertThat(proxies.reload(IN_TRAFFIC))
                .isEqualTo(new ReloadReport(1, GracefulReload.SCARCE, "one graceful on proxy-a, proven"));
    }

    private void joined(int members) {
        for (int number = 1; number <= members; number++) {
            membership.join(order(absent(number)));
        }
    }

    /** One that no request comes to. */
    private Member absent(int number) {
        return new Member(
                new NodeName("absent" + number),
                new Ipv4Address("127.0.1." + number),
                cluster.port,
                LoopbackCluster.HEALTH);
    }

    @Test
    void memberWithoutASlotCausesAReload() throws IOException {
        Path site = apache.directory.resolve("site.conf");
        Files.writeString(site, Files.readString(site).replace("growth=64", "growth=1"));
        apache.graceful();
        membership.join(order(blue));
        Path members = apache.directory.resolve("members");
        Files.writeString(
                members.resolve("green.conf"),
                Files.readString(members.resolve("blue.conf"))
                        .replace("blue", "green")
                        .replace("127.0.0.12", "127.0.0.13"));
        assertThat(proxies.makeRoom(ROOM).says()).startsWith("one graceful on proxy-a, proven");
        assertThat(apache.running("green")).startsWith("Init Drn");
    }

    @Test
    void proxyOutOfTrafficReloadsAfterEightJoins() throws IOException {
        joined(7);
        assertThat(proxies.reload(IN_TRAFFIC).gracefuls()).isZero();
        assertThat(proxies.reload(ALL)).isEqualTo(new ReloadReport(1, 8, "one graceful on proxy-a, proven"));
        assertThat(proxies.reload(ALL).gracefuls()).isZero();
    }

    @Test
    void joinsByFileAndReloadIfNoSlotIsFree() throws IOException {
        Path site = apache.directory.resolve("site.conf");
        Files.writeString(site, Files.readString(site).replace("growth=64", "growth=1"));
        apache.graceful();
        membership.join(order(blue));
        Member green = cluster.member("green", 13);
        membership.join(order(green));
        apache.awaitRunning("green", "Init Drn Ok");
        apache.awaitRunning("blue", "Init Drn Ok");
        assertThat(apache.status("ParentServerMPMGeneration")).isEqualTo("2");
    }

    @Test
    void refusesAReloadThatCouldFillTheScoreboard() throws IOException {
        Files.writeString(apache.directory.resolve("site.conf"), "ServerLimit 7\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> proxy().ask(ProxyScript.GRACEFUL))
                .isInstanceOf(ProxyConnection.ProxyBusyException.class)
                .hasMessageContaining("processes run and a reload starts 4 more, its ServerLimit is 7");
        assertThat(apache.status("ParentServerMPMGeneration")).isEqualTo("0");
    }

    @Test
    void startsADeadApacheAndReportsIt() throws IOException {
        apache.stop();
        assertThatThrownBy(() -> proxies.checkAll(HELLO, List.of()))
                .hasMessageContaining("Proxy proxy-a (127.0.0.1) cannot be queried: Apache does not answer");
        assertThat(proxies.reload(ALL).says())
                .isEqualTo(
                        "live on proxy-a, no reload needed, proven; Apache was not running and was started on proxy-a");
        assertThat(proxies.checkAll(HELLO, List.of())).containsExactly(new NodeName("proxy-a"));
    }

    @Test
    void deadApacheWithBrokenConfigurationFailsWithItsError() throws IOException {
        apache.stop();
        Files.writeString(apache.directory.resolve("site.conf"), "NoSuchDirective on\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> proxies.reload(ALL)).hasMessageContaining("NoSuchDirective");
    }

    @Test
    void apacheThatDiesOfAReloadFailsWithItsError() throws IOException {
        Path key = apache.directory.resolve("tls/site.key");
        Files.writeString(key, "not a key");
        assertThatThrownBy(() -> proxy().ask(ProxyScript.GRACEFUL))
                .hasMessageContaining("proxy-a refuses: ")
                .hasMessageContaining("site.key");
    }

    @Test
    void restartsAnApacheThatDiesOfAReload() throws IOException {
        apache.diesOfReloads();
        assertThatThrownBy(() -> proxy().ask(ProxyScript.GRACEFUL))
                .hasMessageContaining("Apache died of the reload and was started again")
                .hasMessageContaining("could not open transfer log file");
        assertThat(apache.running("red")).isEqualTo("Init Ok");
        assertThat(proxies.reload(ALL).says()).isEqualTo("live on proxy-a, no reload needed, proven");
    }

    @Test
    void repairsTheRunningApacheFromItsFiles() throws IOException {
        membership.join(order(blue));
        apache.byHand(url(blue), "w_status_N=0");
        assertThat(proxies.reload(ALL).says())
                .isEqualTo("live on proxy-a, no reload needed, proven; made equal to its files on proxy-a");
        apache.awaitRunning("blue", "Init Drn Ok");
    }

    @Test
    void probationComparesPinnedRequestsWithTheSiblings() {
        membership.join(order(blue));
        ProbationReport report = proxies.probe(probation(blue.name()));
        assertThat(report.requests()).isGreaterThan(5);
        assertThat(report.errors()).isZero();
        assertThat(report.says())
                .matches("\\d+ pinned requests through proxy-a, 0 errors, p95 \\d+ ms \\(siblings \\d+ ms\\)");
    }

    @Test
    void probationFailsIfAnotherMemberAnswers() {
        assertThatThrownBy(() -> proxies.probe(probation(blue.name())))
                .hasMessageContaining("the first: 200 from red for a request to blue, through proxy-a");
    }

    @Test
    void probationFailsIfTheMemberIsMuchSlowerThanItsSiblings() throws IOException {
        Member snail = cluster.member("snail", 15, Duration.ofMillis(400));
        membership.join(order(snail));
        assertThatThrownBy(() -> proxies.probe(probation(snail.name())))
                .hasMessageContaining("snail: p95 of ")
                .hasMessageContaining("expected at most 5 times that or 250 ms");
    }

    @Test
    void probationOfAProxyReachesEachMember() {
        membership.join(order(blue));
        ProbationReport report = proxies.probe(probation());
        assertThat(report.requests()).isGreaterThan(5).isEven();
    }

    private ProxyConnection proxy() {
        Node node = cluster.nodes(HELLO, ClusterNodes.NOW).get(0).node().orElseThrow();
        return new ProxyConnection(node, apache.shell);
    }

    private static ProbationOrder probation(NodeName... members) {
        return new ProbationOrder(
                HELLO,
                List.of(),
                List.of(members),
                List.of(),
                "www.hello.example",
                "/",
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));
    }
}
