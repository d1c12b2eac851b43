package dev.sluice.activities.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.cloud.LabFixture;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.workflows.activity.DnsActivities.DnsReport;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of the service's records against the lab's API and a real name server. */
class DigitalOceanDnsActivitiesTest {
    private static final String ONE = "203.0.113.1";
    private static final String TWO = "203.0.113.2";
    private static final Duration TTL = Duration.ofSeconds(30);

    private static final Visited SERVES = address -> visit(address, 200);
    private static final Visited FAILS = address -> visit(address, 503);
    private static final Visited SILENT =
            address -> new ClientProbeResult(address, Optional.empty(), "connection refused");

    /** What the next visit of a proxy finds. */
    private interface Visited {
        ClientProbeResult at(Ipv4Address address);
    }

    private final Queue<Visited> visits = new ArrayDeque<>();
    /** The public addresses of the cluster's droplets. */
    private final Set<String> droplets = new ConcurrentSkipListSet<>(Set.of(ONE, TWO));
    /** Published addresses that are no proxy's own. */
    private final Set<String> strangers = new HashSet<>();

    private LabFixture lab;
    private TestNameServer server;
    private DigitalOceanDnsActivities steps;
    /** Until then the name server answers what it knew before. */
    private Instant stale = Instant.EPOCH;

    private List<String> known = List.of();

    private static ClientProbeResult visit(Ipv4Address address, int status) {
        return new ClientProbeResult(
                address, Optional.of(new ClientProbeResult.ProbeAnswer(status, "00", Instant.EPOCH, "red")), "");
    }

    @BeforeEach
    void open() throws IOException {
        lab = new LabFixture();
        lab.post("/v2/domains", "{\"name\":\"hello.example\"}");
        server = new TestNameServer(this::served);
        steps = new DigitalOceanDnsActivities(
                lab.cloud.zones(),
                (cluster, age) -> droplets.stream()
                        .map(DigitalOceanDnsActivitiesTest::proxy)
                        .toList(),
                new AuthoritativeServers(Optional.empty(), Optional.empty()),
                (address, port, host) -> visits.remove().at(address),
                cluster -> address -> !strangers.contains(address.value()),
                lab.heart,
                lab.clock);
    }

    @AfterEach
    void close() {
        server.close();
        lab.close();
    }

    private List<String> served() {
        if (lab.clock.instant().isBefore(stale)) {
            return known;
        }
        known = published();
        return known;
    }

    private List<String> published() {
        return lab.lab.records("hello.example").stream()
                .filter(entry -> entry.type().equals("A") && entry.name().equals("www"))
                .map(entry -> entry.data())
                .sorted()
                .toList();
    }

    private RecordOrder order(String address, int minimum) {
        return new RecordOrder(
                LabFixture.HELLO,
                "hello.example",
                "www",
                new Ipv4Address(address),
                (int) TTL.toSeconds(),
                Optional.of(server.address()),
                minimum);
    }

    private void record(String address) {
        lab.post(
                "/v2/domains/hello.example/records",
                "{\"type\":\"A\",\"name\":\"www\",\"data\":\"%s\",\"ttl\":30}".formatted(address));
    }

    private static FailureType typeOf(Runnable step) {
        return FailureType.valueOf(
                catchThrowableOfType(ApplicationFailure.class, step::run).getType());
    }

    private static NodeStatus proxy(String address) {
        NodeRef ref = new NodeRef(LabFixture.HELLO, Role.PROXY, new NodeName("hello-proxy-a"), "run");
        Node node = new Node(ref, new DropletId(1), new Ipv4Address("10.77.0.1"), new Ipv4Address(address));
        return new NodeStatus(
                ref,
                node.droplet(),
                Optional.of(node),
                Optional.of(NodeState.READY),
                Optional.empty(),
                true,
                Optional.empty(),
                Instant.EPOCH);
    }

    private Duration taken(Runnable step) {
        Instant began = lab.clock.instant();
        step.run();
        return Duration.between(began, lab.clock.instant());
    }

    @Test
    void neverPublishesAnAddressOfWhichNoDropletExists() {
        droplets.remove(ONE);

        assertThat(typeOf(() -> steps.publish(order(ONE, 0)))).isEqualTo(FailureType.CLOUD_REFUSED);
        assertThat(published()).isEmpty();
    }

    @Test
    void takesTheRecordBackIfTheDropletIsDestroyedMeanwhile() {
        List<NodeStatus> before = List.of(proxy(ONE));
        Iterator<List<NodeStatus>> lists =
                List.of(before, List.<NodeStatus>of(), List.<NodeStatus>of()).iterator();
        DigitalOceanDnsActivities late = new DigitalOceanDnsActivities(
                lab.cloud.zones(),
                (cluster, age) -> lists.next(),
                new AuthoritativeServers(Optional.empty(), Optional.empty()),
                (address, port, host) -> visits.remove().at(address),
                cluster -> address -> true,
                lab.heart,
                lab.clock);

        assertThat(typeOf(() -> late.publish(order(ONE, 0)))).isEqualTo(FailureType.CLOUD_REFUSED);
        assertThat(published()).isEmpty();
    }

    @Test
    void publishIsServedAndIdempotent() {
        DnsReport first = steps.publish(order(ONE, 0));
        DnsReport second = steps.publish(order(ONE, 0));

        assertThat(first.changed()).isTrue();
        assertThat(second.changed()).isFalse();
        assertThat(published()).containsExactly(ONE);
        assertThat(server.questions.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void removesDuplicatesAndKeepsOtherAddresses() {
        record(TWO);
        record(ONE);
        record(ONE);
        record(ONE);

        DnsReport report = steps.publish(order(ONE, 0));

        assertThat(report.changed()).isTrue();
        assertThat(published()).containsExactly(ONE, TWO);
    }

    @Test
    void correctsTheTtlOfAnExistingRecord() {
        lab.post(
                "/v2/domains/hello.example/records",
                "{\"type\":\"A\",\"name\":\"www\",\"data\":\"%s\",\"ttl\":1800}".formatted(ONE));

        DnsReport report = steps.publish(order(ONE, 0));

        assertThat(report.changed()).isTrue();
        assertThat(report.says()).contains("its TTL is now %d s".formatted(TTL.toSeconds()));
        assertThat(lab.cloud.zones().addresses("hello.example", "www"))
                .extracting(
                        DomainApi.AddressRecord::ttl, entry -> entry.address().value())
                .containsExactly(org.assertj.core.groups.Tuple.tuple((int) TTL.toSeconds(), ONE));
    }

    @Test
    void lostAnswerCreatesNoSecondRecord() {
        long fault = lab.lab.declareFault(
                LabFault.of(ApiFault.ANSWER_LOST).withOperation("POST /v2/domains/{domain}/records"));

        assertThat(typeOf(() -> steps.publish(order(ONE, 0)))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        steps.publish(order(ONE, 0));

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(published()).containsExactly(ONE);
    }

    @Test
    void publishWaitsUntilTheServerServesTheRecord() {
        assertThat(served()).isEmpty();
        stale = lab.clock.instant().plusSeconds(7);

        Duration taken = taken(() -> steps.publish(order(ONE, 0)));

        assertThat(taken).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
    }

    @Test
    void publishWaitsForALaggingServer() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.DNS_ANSWERS_OLD).withSeconds(20));

        Duration taken = taken(() -> steps.publish(order(ONE, 0)));

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(taken).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(26));
        assertThat(published()).containsExactly(ONE);
    }

    @Test
    void laggingServerExtendsTheTtlWait() {
        record(ONE);
        record(TWO);
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.DNS_ANSWERS_OLD)
                .withOperation("DELETE /v2/domains/{domain}/records/{record}")
                .withSeconds(20));
        visits.add(SERVES);

        Duration taken = taken(() -> steps.withdraw(order(ONE, 1)));

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(taken).isBetween(TTL.plusSeconds(20), TTL.plusSeconds(27));
        assertThat(published()).containsExactly(TWO);
    }

    @Test
    void namesAServerThatNeverServesTheRecord() {
        assertThat(served()).isEmpty();
        stale = lab.clock.instant().plusSeconds(600);

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> steps.publish(order(ONE, 0)));

        assertThat(failure.getOriginalMessage()).contains(server.address(), ONE, "60 s");
    }

    @Test
    void withdrawWaitsForTheTtlAndKeepsOtherAddresses() {
        visits.add(SERVES);
        record(ONE);
        record(ONE);
        record(TWO);

        Duration taken = taken(() -> steps.withdraw(order(ONE, 1)));

        assertThat(taken).isBetween(TTL, TTL.plusSeconds(2));
        assertThat(published()).containsExactly(TWO);
    }

    /** One machine with two addresses, or an old web server: it answers, and is no other proxy. */
    @Test
    void anAddressOfNoOtherProxyCountsForNothing() {
        record(ONE);
        record(TWO);
        strangers.add(TWO);
        visits.add(SERVES);

        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> steps.withdraw(order(ONE, 1)));

        assertThat(failure.getType()).isEqualTo(FailureType.GUARD_REFUSED.name());
        assertThat(failure.getOriginalMessage())
                .contains("without it 0 published proxies would serve clients")
                .contains(TWO + " is the address of no other proxy and does not count");
        assertThat(published()).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void ttlCountsFromTheRemovalAtTheServer() {
        record(ONE);
        record(TWO);
        assertThat(served()).hasSize(2);
        stale = lab.clock.instant().plusSeconds(9);

        Duration taken = taken(() -> steps.withdraw(order(ONE, 0)));

        assertThat(taken).isBetween(TTL.plusSeconds(9), TTL.plusSeconds(13));
    }

    @Test
    void doesNotWaitForAMissingRecord() {
        record(TWO);

        DnsReport[] report = new DnsReport[1];
        Duration taken = taken(() -> report[0] = steps.withdraw(order(ONE, 0)));

        assertThat(taken).isZero();
        assertThat(report[0].changed()).isFalse();
        assertThat(published()).containsExactly(TWO);
    }

    @Test
    void retryWaitsTheRestOfTheTtl() {
        record(ONE);
        lab.heart.stopWith(new ActivityCanceledException());
        assertThat(catchThrowableOfType(ActivityCanceledException.class, () -> steps.withdraw(order(ONE, 0))))
                .isNotNull();
        lab.clock.advance(Duration.ofSeconds(20));
        lab.heart.nextTry();

        Duration taken = taken(() -> steps.withdraw(order(ONE, 0)));

        assertThat(taken).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void retryWithoutAStoredTimeWaitsTheWholeTtl() {
        lab.heart.nextTry();

        assertThat(taken(() -> steps.withdraw(order(ONE, 0)))).isEqualTo(TTL);
    }

    @Test
    void guardsTheLastRecords() {
        record(ONE);
        record(TWO);

        visits.add(SERVES);

        assertThat(typeOf(() -> steps.withdraw(order(ONE, 2)))).isEqualTo(FailureType.GUARD_REFUSED);
        assertThat(published()).containsExactly(ONE, TWO);
    }

    @Test
    void recordOfASilentProxyDoesNotCount() {
        record(ONE);
        record(TWO);
        visits.addAll(List.of(SILENT, SILENT, FAILS));

        ApplicationFailure refused =
                catchThrowableOfType(ApplicationFailure.class, () -> steps.withdraw(order(ONE, 1)));

        assertThat(refused.getType()).isEqualTo(FailureType.GUARD_REFUSED.name());
        assertThat(refused.getOriginalMessage())
                .isEqualTo("www.hello.example A 203.0.113.1 stays: without it 0 published proxies would serve clients, "
                        + "expected at least 1; 203.0.113.2 answers 503");
        assertThat(published()).containsExactly(ONE, TWO);
    }

    @Test
    void recordsCountIfAFirewallBlocksTheWorker() {
        record(ONE);
        record(TWO);
        visits.addAll(List.of(SILENT, SILENT, SILENT, SILENT));

        steps.withdraw(order(ONE, 1));

        assertThat(published()).containsExactly(TWO);
    }

    @Test
    void keepsAServingProxyIfTheOthersAreSilent() {
        record(ONE);
        record(TWO);
        visits.addAll(List.of(SILENT, SILENT, SILENT, SERVES));

        assertThat(typeOf(() -> steps.withdraw(order(ONE, 1)))).isEqualTo(FailureType.GUARD_REFUSED);
        assertThat(published()).containsExactly(ONE, TWO);
    }

    @Test
    void brieflySilentProxyCounts() {
        record(ONE);
        record(TWO);
        visits.addAll(List.of(SILENT, SERVES));

        steps.withdraw(order(ONE, 1));

        assertThat(published()).containsExactly(TWO);
    }

    @Test
    void rejectsAZoneThatTheAccountLacks() {
        RecordOrder other = new RecordOrder(
                LabFixture.HELLO, "other.example", "www", new Ipv4Address(ONE), 30, Optional.of(server.address()), 0);

        assertThat(typeOf(() -> steps.publish(other))).isEqualTo(FailureType.DNS_REFUSED);
    }

    @Test
    void returnsRecordsOfTheApiAndTheServer() {
        record(ONE);
        assertThat(served()).hasSize(1);
        stale = lab.clock.instant().plusSeconds(5);
        record(TWO);

        PublishedRecords records =
                steps.records(LabFixture.HELLO, "hello.example", "www", Optional.of(server.address()));

        assertThat(records.atApi()).containsExactly(new Ipv4Address(ONE), new Ipv4Address(TWO));
        assertThat(records.atServer()).containsExactly(new Ipv4Address(ONE));
    }
}
