package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.eject;
import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.takeBack;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Members join, are opened, ejected and adopted, on both proxies and in step with what runs. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class MemberLifecycleTest extends TwoProxyFixture {
    @Test
    void joinedMemberGetsOnlyPinnedRequestsUntilItIsOpened() throws IOException {
        inService(red);
        assertThat(membership.join(order(blue)).proxies()).hasSize(2);
        first.awaitRunning("blue", "Init Drn Ok");
        assertThat(Files.readString(second.member("blue.conf"))).contains("route=blue status=+N");
        try (SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(5))) {
            load.await(60);
            assertThat(load.byMember()).containsOnlyKeys("red");
            membership.open(order(blue), true);
            load.await(60);
            assertThat(load.byMember()).containsOnlyKeys("red", "blue");
            assertThat(load.failures()).isEmpty();
        }
        assertThat(second.running("blue")).isEqualTo("Init Ok");
        assertThat(Files.readString(second.member("blue.conf"))).doesNotContain("status=+N");
    }

    @Test
    void leaveBeforeALateJoinRejectsTheJoin() {
        membership.leave(takeBack(red));
        assertRefused(
                FailureType.PROXY_REFUSED,
                "red has left it; names are never reused",
                () -> membership.join(order(red)));
    }

    @Test
    void ejectionSurvivesReloadsAndJoinsUntilReadmission() throws IOException {
        inService(red, blue);
        membership.eject(eject(red, 1));
        first.graceful();
        assertThat(first.running("red")).isEqualTo("Init Dis");
        membership.join(order(red));
        assertThat(first.running("red")).isEqualTo("Init Dis");
        assertRefused(FailureType.PROXY_REFUSED, "ejected there by ana", () -> membership.open(order(red), true));
        MemberStatus truth = truth(first, "red");
        assertThat(truth.state()).isEqualTo(MemberState.EJECTED);
        assertThat(truth.note().orElseThrow()).startsWith("by ana, 20").endsWith(": answers   too slowly");
        membership.readmit(order(red));
        membership.readmit(order(red));
        assertThat(states(second)).containsExactly("blue JOINED", "red JOINED");
        assertThat(second.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void keepsAndRecordsAManualDisable() throws IOException {
        inService(red, blue);
        first.byHand(url(red), "w_status_D=1");
        assertThat(truth(first, "red").state()).isEqualTo(MemberState.EJECTED_BY_ANOTHER_HAND);
        membership.open(order(blue), true);
        assertThat(first.member("red.ejected")).content().startsWith("another hand|");
        first.graceful();
        assertThat(first.running("red")).isEqualTo("Init Dis");
        assertThat(truth(second, "red").state()).isEqualTo(MemberState.JOINED);
        membership.readmit(order(red));
        assertThat(first.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void reusesItsOwnLeftoverInTheRunningApache() throws IOException {
        membership.join(order(red));
        membership.leave(takeBack(red));
        Member heir = new Member(new NodeName("heir"), red.address(), red.port(), red.health());
        membership.join(order(heir));
        first.awaitRunning("heir", "Init Drn Ok");
        assertThat(first.running("red")).isEmpty();
    }

    @Test
    void memberInheritsNoConnectionsOfItsAddress() throws IOException {
        inService(red, blue);
        try (SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(5))) {
            load.await(40);
        }
        membership.leave(leave(red, 1));
        String before = first.status("ParentServerMPMGeneration");
        Member heir = new Member(new NodeName("heir"), red.address(), red.port(), red.health());

        membership.join(order(heir));

        assertThat(first.status("ParentServerMPMGeneration")).isNotEqualTo(before);
        first.awaitRunning("heir", "Init Drn Ok");
    }

    @Test
    void rejectsTheAddressOfAnotherMember() {
        membership.join(order(red));
        Member thief = new Member(new NodeName("thief"), red.address(), red.port(), red.health());
        assertRefused(FailureType.PROXY_REFUSED, "is still the address of red", () -> membership.join(order(thief)));
    }

    @Test
    void stateSurvivesAManualReloadAtAnyTime() throws IOException {
        inService(red);
        membership.join(order(blue));
        first.graceful();
        first.awaitRunning("blue", "Init Drn Ok");
        membership.open(order(blue), true);
        first.graceful();
        assertThat(first.running("blue")).isEqualTo("Init Ok");
        assertThat(states(first)).containsExactly("blue JOINED", "red JOINED");
    }

    @Test
    void newProxyAdoptsMembersAndEjections() throws IOException {
        Member green = cluster.member("green", 13);
        inService(red, blue);
        membership.join(order(green));
        membership.eject(eject(blue, 1));
        TestApache third = cluster.proxy("proxy-c");
        Member stranger = cluster.member("stranger", 14);
        cluster.state("stranger", Role.APP, "127.0.0.14", NodeState.QUARANTINE);
        third.shell.run(
                ProxyScript.JOIN.command("stranger", url(stranger), "/health", "100", "2", "2"),
                Duration.ofSeconds(10));
        AdoptOrder order = new AdoptOrder(HELLO, new NodeName("proxy-c"), cluster.port, LoopbackCluster.HEALTH);
        membership.adopt(order);
        membership.adopt(order);
        assertThat(states(third)).containsExactly("blue EJECTED", "green DRAINING", "red JOINED", "stranger LEFT");
        assertThat(third.running("blue")).isEqualTo("Init Dis");
        third.awaitRunning("green", "Init Drn Ok");
        third.awaitRunning("red", "Init Ok");
        assertThat(third.running("stranger")).isEqualTo("Init Drn Dis");
        membership.readmit(order(blue));
        assertThat(third.running("blue")).isEqualTo("Init Ok");
    }

    /** Found by walk 2209: a leave that the guard refuses would not bring it back. */
    @Test
    void adoptionKeepsALeavingMember() throws IOException {
        inService(red, blue);
        cluster.state("red", Role.APP, "127.0.0.11", NodeState.LEAVING);
        membership.adopt(new AdoptOrder(HELLO, new NodeName("proxy-a"), cluster.port, LoopbackCluster.HEALTH));
        assertThat(states(first)).containsExactly("blue JOINED", "red JOINED");
        assertThat(first.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void twoParallelJoinsSucceed() {
        ClusterProxies.inParallel(List.of(red, blue), member -> membership.join(order(member)));
        assertThat(states(first)).containsExactly("blue DRAINING", "red DRAINING");
        second.awaitRunning("red", "Init Drn Ok");
        second.awaitRunning("blue", "Init Drn Ok");
    }

    @Test
    void ejectsAndReadmitsOnTheProxiesThatAnswerAndNamesTheOthers() throws IOException {
        inService(red, blue);
        cluster.cutOff.add("proxy-b");

        MembershipReport ejected = membership.eject(eject(red, 1));

        assertThat(ejected.says()).isEqualTo("ejected on 1 of 2 proxies: proxy-a");
        assertThat(ejected.missing())
                .containsExactly(
                        "proxy-b may still send it requests: Proxy proxy-b (127.0.0.1) cannot be reached: no route to proxy-b");
        cluster.cutOff.clear();
        assertThat(states(first)).contains("red EJECTED");
        assertThat(states(second)).contains("red JOINED");

        assertThat(membership.eject(eject(red, 1)).missing()).isEmpty();
        assertThat(states(second)).contains("red EJECTED");
        cluster.cutOff.add("proxy-a");
        assertThat(membership.readmit(order(red)).missing())
                .singleElement()
                .asString()
                .startsWith("proxy-a may still keep it out");
    }

    @Test
    void refusesToEjectIfNoProxyAnswers() {
        inService(red, blue);
        cluster.cutOff.addAll(List.of("proxy-a", "proxy-b"));

        assertRefused(FailureType.PROXY_UNREACHABLE, "Proxy proxy-a", () -> membership.eject(eject(red, 1)));
    }

    @Test
    void aGuardThatRefusesOnOneProxyTakesTheOthersEjectionBack() throws IOException {
        inService(red, blue);
        membership.eject(eject(blue, 1));
        first.shell.run(ProxyScript.READMIT.command("blue"), Duration.ofSeconds(5));

        assertRefused(FailureType.GUARD_REFUSED, "proxy-b", () -> membership.eject(eject(red, 1)));
        assertThat(states(first)).contains("red JOINED");
    }

    @Test
    void ejectsInTheRunningApacheOfAProxyWhoseDiskIsFull(@TempDir Path programs) throws IOException {
        inService(red, blue);
        second.shell.fillDisk(programs);

        MembershipReport ejected = membership.eject(eject(red, 1));

        assertThat(ejected.says()).isEqualTo("ejected on proxy-a, proxy-b");
        assertThat(ejected.missing())
                .singleElement()
                .asString()
                .startsWith("proxy-b forgets it at Apache's next reload, since its file cannot be written: ")
                .contains("No space left on device");
        assertThat(truth(second, "red").running()).contains("Dis");
        assertThat(second.directory.resolve("members").toFile().list()).noneMatch(name -> name.startsWith("."));
    }
}
