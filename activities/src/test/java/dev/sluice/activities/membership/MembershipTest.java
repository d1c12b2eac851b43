package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.eject;
import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.takeBack;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.cloud.Fleet;
import dev.sluice.activities.ssh.Command;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth.State;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.activity.MembershipActivities.Untouched;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Role;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Members of two real Apaches on loopback, changed while requests flow. */
@EnabledIf("dev.sluice.activities.membership.PrivateApache#isInstalled")
class MembershipTest {
    private LoopbackCluster cluster;
    private PrivateApache first;
    private PrivateApache second;
    private Member red;
    private Member blue;
    private ApacheMembership membership;

    @BeforeEach
    void twoProxiesAndTwoMembers(@TempDir Path directory) throws IOException {
        cluster = new LoopbackCluster(directory);
        first = cluster.proxy("proxy-a");
        second = cluster.proxy("proxy-b");
        red = cluster.member("red", 11);
        blue = cluster.member("blue", 12);
        membership = new ApacheMembership(cluster, cluster, Duration.ofSeconds(6));
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void aMemberThatJoinsGetsPinnedRequestsOnlyUntilItIsOpened() throws IOException {
        inService(red);
        assertThat(membership.join(order(blue)).proxies()).hasSize(2);
        assertThat(first.running("blue")).isEqualTo("Init Drn Ok");
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
    void aMemberLeavesUnderLoadWithoutALostRequestAndNeverComesBack() throws IOException {
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
        assertRefused(FailureType.PROXY_REFUSED, "red has left it before", () -> membership.join(order(red)));
    }

    @Test
    void aLeaveBeforeAJoinKeepsTheLateJoinOut() {
        membership.leave(takeBack(red));
        assertRefused(FailureType.PROXY_REFUSED, "red has left it before", () -> membership.join(order(red)));
    }

    @Test
    void theLastHealthyMemberStaysAndNothingIsLeftHalfDone() throws IOException {
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
    void aRunMayTakeBackItsOwnNodeAndAMinimumOfZeroLetsTheLastOneGo() throws IOException {
        inService(red);
        membership.join(order(blue));
        membership.leave(takeBack(blue));
        assertThat(states(first)).containsExactly("red JOINED", "blue LEFT");
        membership.leave(leave(red, 0));
        assertThat(states(first)).containsExactly("blue LEFT", "red LEFT");
    }

    @Test
    void anEjectionSurvivesReloadsAndJoinsAndEndsByReadmission() throws IOException {
        inService(red, blue);
        membership.eject(eject(red, 1));
        first.graceful();
        assertThat(first.running("red")).isEqualTo("Init Dis");
        membership.join(order(red));
        assertThat(first.running("red")).isEqualTo("Init Dis");
        assertRefused(FailureType.PROXY_REFUSED, "ejected there by ana", () -> membership.open(order(red), true));
        MemberTruth truth = truth(first, "red");
        assertThat(truth.state()).isEqualTo(State.EJECTED);
        assertThat(truth.note().orElseThrow()).startsWith("by ana, 20").endsWith(": answers   too slowly");
        membership.readmit(order(red));
        membership.readmit(order(red));
        assertThat(states(second)).containsExactly("blue JOINED", "red JOINED");
        assertThat(second.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void anotherHandsDisableIsKeptShownAndWrittenDown() throws IOException {
        inService(red, blue);
        first.byHand(url(red), "w_status_D=1");
        assertThat(truth(first, "red").state()).isEqualTo(State.EJECTED_BY_ANOTHER_HAND);
        membership.open(order(blue), true);
        assertThat(first.member("red.ejected")).content().startsWith("another hand|");
        first.graceful();
        assertThat(first.running("red")).isEqualTo("Init Dis");
        assertThat(truth(second, "red").state()).isEqualTo(State.JOINED);
        membership.readmit(order(red));
        assertThat(first.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void ourOwnLeftOverInTheRunningApacheIsTakenOver() throws IOException {
        membership.join(order(red));
        membership.leave(takeBack(red));
        Member heir = new Member(new NodeName("heir"), red.address(), red.port());
        membership.join(order(heir));
        assertThat(first.running("heir")).isEqualTo("Init Drn Ok");
        assertThat(first.running("red")).isEmpty();
    }

    @Test
    void aMemberWithTheAddressOfOneThatServedInheritsNoneOfItsConnections() throws IOException {
        inService(red, blue);
        try (SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(5))) {
            load.await(40);
        }
        membership.leave(leave(red, 1));
        String before = first.status("ParentServerMPMGeneration");
        Member heir = new Member(new NodeName("heir"), red.address(), red.port());

        membership.join(order(heir));

        assertThat(first.status("ParentServerMPMGeneration")).isNotEqualTo(before);
        assertThat(first.running("heir")).isEqualTo("Init Drn Ok");
    }

    @Test
    void anAddressThatIsStillAnothersIsRefused() {
        membership.join(order(red));
        Member thief = new Member(new NodeName("thief"), red.address(), red.port());
        assertRefused(FailureType.PROXY_REFUSED, "is still the address of red", () -> membership.join(order(thief)));
    }

    @Test
    void stateSurvivesAReloadByAnotherHandAtAnyTime() throws IOException {
        inService(red);
        membership.join(order(blue));
        first.graceful();
        assertThat(first.running("blue")).isEqualTo("Init Drn Ok");
        membership.open(order(blue), true);
        first.graceful();
        assertThat(first.running("blue")).isEqualTo("Init Ok");
        assertThat(states(first)).containsExactly("blue JOINED", "red JOINED");
    }

    @Test
    void nothingIsWrittenAnywhereWhenOneProxyCannotBeReached() {
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
    void aBrokenConfigurationOfTheProxyIsSaidInApachesWordsAndNothingIsWritten() throws IOException {
        Files.writeString(first.directory.resolve("site.conf"), "NoSuchDirective on\n", StandardOpenOption.APPEND);
        assertRefused(FailureType.PROXY_REFUSED, "NoSuchDirective", () -> membership.join(order(red)));
        assertThat(first.member("red.conf")).doesNotExist();
    }

    @Test
    void aDeadApacheIsNamed() throws IOException {
        second.stop();
        assertRefused(
                FailureType.PROXY_UNREACHABLE,
                "proxy-b (127.0.0.1) cannot be asked",
                () -> membership.join(order(red)));
        membership.leave(takeBack(red));
        assertThat(second.member("red.left")).exists();
        assertThat(second.member("red.conf")).doesNotExist();
    }

    @Test
    void aJoinThatReachesNotEveryProxyWritesNothingAndSaysSo() {
        cluster.cutOff.add("proxy-b");
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> membership.join(order(red)));
        assertThat(failure.getType()).isEqualTo(FailureType.PROXY_UNREACHABLE.name());
        assertThat(failure.getDetails().get(Untouched.class))
                .isEqualTo(new Untouched(List.of(new NodeName("proxy-b"))));
        assertThat(first.member("red.conf")).doesNotExist();
    }

    @Test
    void onlyWhatIsListedAfterTheLastWriteHasToBeFresh() throws IOException {
        membership.join(order(red));
        assertThat(cluster.asked).containsExactly(Fleet.LATELY, Fleet.NOW);
        cluster.asked.clear();
        membership.open(order(red), false);
        assertThat(membership.open(order(red), true).waiting()).contains(List.of());
        assertThat(cluster.asked).containsExactly(Fleet.LATELY, Fleet.NOW);
        cluster.state("proxy-b", Role.PROXY, "127.0.0.1", NodeState.READY);
        assertThat(membership.open(order(red), true).waiting()).contains(List.of(new NodeName("proxy-b")));
    }

    @Test
    void aProxyThatAppearsMeanwhileIsWrittenToAsWell() throws IOException {
        membership.join(order(red));
        PrivateApache third = cluster.proxy("proxy-c");
        assertThat(membership.join(order(red)).says())
                .isEqualTo("joined, open to pinned requests only on proxy-a, proxy-b, proxy-c");
        assertThat(third.running("red")).isEqualTo("Init Drn Ok");
    }

    @Test
    void aNewProxyAdoptsTheClustersMembersWithTheirEjections() throws IOException {
        Member green = cluster.member("green", 13);
        inService(red, blue);
        membership.join(order(green));
        membership.eject(eject(blue, 1));
        PrivateApache third = cluster.proxy("proxy-c");
        Member stranger = cluster.member("stranger", 14);
        cluster.state("stranger", Role.APP, "127.0.0.14", NodeState.QUARANTINE);
        third.shell.run(Verb.JOIN.command("stranger", url(stranger)), Duration.ofSeconds(10));
        AdoptOrder order = new AdoptOrder(HELLO, new NodeName("proxy-c"), cluster.port);
        membership.adopt(order);
        membership.adopt(order);
        assertThat(states(third)).containsExactly("blue EJECTED", "green DRAINING", "red JOINED", "stranger LEFT");
        assertThat(third.running("blue")).isEqualTo("Init Dis");
        assertThat(third.running("green")).isEqualTo("Init Drn Ok");
        assertThat(third.running("red")).isEqualTo("Init Ok");
        assertThat(third.running("stranger")).isEqualTo("Init Drn Dis");
        membership.readmit(order(blue));
        assertThat(third.running("blue")).isEqualTo("Init Ok");
    }

    @Test
    void whoLeavesAnswersWhatItHasBegunToAnswer() throws IOException {
        Member slow = cluster.member("slow", 16, Duration.ofMillis(1500));
        inService(slow, red);
        try (SteadyLoad load = new SteadyLoad(first.clients, 4, Duration.ofMillis(10))) {
            Until.within(Duration.ofSeconds(5), "a slow request is in flight", () -> first.busy("slow") > 0);
            membership.leave(leave(slow, 1));
            assertThat(first.busy("slow")).isZero();
            load.await(20);
            assertThat(load.failures()).isEmpty();
            assertThat(load.byMember()).containsKey("slow");
        }
    }

    @Test
    void whoIsNotDrainedInTimeIsOutOfTrafficAndItsFileStays() throws IOException {
        Member endless = cluster.member("endless", 16, Duration.ofSeconds(10));
        inService(endless, red);
        SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10));
        Until.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("endless") > 0);
        ApacheMembership hasty = new ApacheMembership(cluster, cluster, Duration.ofSeconds(2));
        assertRefused(
                FailureType.PROXY_REFUSED,
                "endless takes no new requests any more but is not proven drained after 2 s: proxy-a has ",
                () -> hasty.leave(leave(endless, 1)));
        assertThat(first.running("endless")).isEqualTo("Init Dis");
        assertThat(states(first)).containsExactly("endless DRAINING", "red JOINED");
        load.close();
        membership.leave(leave(endless, 1));
        assertThat(states(first)).containsExactly("red JOINED", "endless LEFT");
    }

    @Test
    void ofTwoThatLeaveAtTheSameTimeOneStays() {
        inService(red, blue);
        List<String> outcomes = Proxies.atOnce(List.of(red, blue), member -> {
            try {
                membership.leave(leave(member, 1));
                return "left";
            } catch (ApplicationFailure refused) {
                return refused.getType();
            }
        });
        assertThat(outcomes).containsExactlyInAnyOrder("left", "GUARD_REFUSED");
        for (PrivateApache proxy : List.of(first, second)) {
            assertThat(states(proxy))
                    .filteredOn(state -> state.endsWith("JOINED"))
                    .hasSize(1);
            assertThat(List.of(proxy.running("red"), proxy.running("blue")))
                    .containsExactlyInAnyOrder("Init Ok", "Init Dis");
        }
    }

    @Test
    void twoThatJoinAtTheSameTimeBothJoin() {
        Proxies.atOnce(List.of(red, blue), member -> membership.join(order(member)));
        assertThat(states(first)).containsExactly("blue DRAINING", "red DRAINING");
        assertThat(List.of(second.running("red"), second.running("blue"))).containsOnly("Init Drn Ok");
    }

    @Test
    void aWriterThatIsKilledAnywhereIsMendedByTheNextCall() throws IOException {
        inService(red);
        for (int millis = 10; millis < 130; millis += 30) {
            killedAfter(millis, Verb.JOIN, "blue", url(blue));
            killedAfter(millis, Verb.OPEN, "blue");
        }
        membership.join(order(blue));
        membership.open(order(blue), true);
        assertThat(first.running("blue")).isEqualTo("Init Ok");
        for (int millis = 10; millis < 130; millis += 30) {
            killedAfter(millis, Verb.EJECT, "blue", "1", "ana", "slow");
            killedAfter(millis, Verb.READMIT, "blue");
        }
        membership.readmit(order(blue));
        assertThat(first.running("blue")).isEqualTo("Init Ok");
        for (int millis = 10; millis < 130; millis += 30) {
            killedAfter(millis, Verb.LEAVE, "blue", url(blue), "1", "no");
        }
        membership.leave(leave(blue, 1));
        assertThat(states(first)).containsExactly("red JOINED", "blue LEFT");
        assertThat(first.running("red")).isEqualTo("Init Ok");
    }

    @Test
    void aProcessOfApacheThatDiedDoesNotHoldALeaverForEver() throws IOException {
        Member slow = cluster.member("slow", 16, Duration.ofSeconds(4));
        inService(slow, red);
        try (SteadyLoad load = new SteadyLoad(first.clients, 2, Duration.ofMillis(10))) {
            Until.within(Duration.ofSeconds(5), "a request is in flight", () -> first.busy("slow") > 0);
            first.killChildren();
            // After the reload half of the limit is left for requests that take four seconds.
            new ApacheMembership(cluster, cluster, Duration.ofSeconds(12)).leave(leave(slow, 1));
            load.await(10);
        }
        assertThat(states(first)).containsExactly("red JOINED", "slow LEFT");
        assertThat(first.status("ParentServerMPMGeneration")).isEqualTo("1");
        assertThat(second.status("ParentServerMPMGeneration")).isEqualTo("0");
    }

    private void killedAfter(int millis, Verb verb, String... arguments) {
        Command command = verb.command(arguments);
        List<String> words = new ArrayList<>(List.of("timeout", "-s", "KILL", "0.%03d".formatted(millis)));
        words.addAll(List.of("sh", "-s", "--"));
        words.addAll(List.of(arguments));
        first.shell.run(new Command(words, command.stdin()), Duration.ofSeconds(5));
    }

    @Test
    void anotherWriterThatHoldsTheLockIsNamed() throws Exception {
        Process holder = new ProcessBuilder(
                        "flock", first.directory.resolve("members.lock").toString(), "sh", "-c", "echo held; read end")
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertRefused(
                    FailureType.PROXY_UNREACHABLE,
                    "proxy-a (127.0.0.1) cannot be asked: another writer has held its members' lock for 5 s",
                    () -> membership.join(order(red)));
        } finally {
            holder.destroy();
        }
    }

    private void inService(Member... members) {
        for (Member member : members) {
            membership.join(order(member));
            membership.open(order(member), true);
            cluster.state(member.name().value(), Role.APP, member.address().value(), NodeState.IN_SERVICE);
        }
    }

    private List<String> states(PrivateApache apache) {
        return truth(apache).members().stream()
                .map(member -> member.name() + " " + member.state())
                .toList();
    }

    private MemberTruth truth(PrivateApache apache, String name) {
        return truth(apache).members().stream()
                .filter(member -> member.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ProxyTruth truth(PrivateApache apache) {
        return membership.read(HELLO).stream()
                .filter(truth -> apache.directory.endsWith(truth.proxy().value()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(FailureType type, String says, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(says)
                .satisfies(thrown ->
                        assertThat(Failures.in(thrown).flatMap(Failures::type)).contains(type));
    }
}
