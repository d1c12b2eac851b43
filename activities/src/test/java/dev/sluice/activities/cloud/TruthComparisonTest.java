package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.activities.probe.ClientProbeResult.ProbeAnswer;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.TruthActivities.TruthOrder;
import dev.sluice.workflows.activity.TruthActivities.VisitOrder;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.TruthDifference;
import dev.sluice.workflows.model.truth.TruthReport;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Droplets, records and reserved addresses that people changed by hand, read from the lab's API. */
class TruthComparisonTest {
    private static final String PROXY = "hello-proxy-a";
    private static final String TAGS = "\"sluice\",\"cluster:hello\",\"role:proxy\",\"state:in-service\",\"run:one\"";

    private LabFixture lab;
    private DigitalOceanTruthActivities truths;
    private long droplet;
    private String address = "";

    @BeforeEach
    void open() throws IOException {
        lab = new LabFixture();
        lab.post("/v2/domains", "{\"name\":\"hello.example\"}");
        truths = new DigitalOceanTruthActivities(
                lab.cloud,
                (visited, port, host, page) -> answered(visited, visited.value().equals(address)));
        droplet = lab.foreign(PROXY, TAGS);
        address = address(droplet);
        record("www", "A", address);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static ClientProbeResult answered(Ipv4Address visited, boolean serves) {
        return serves
                ? new ClientProbeResult(visited, Optional.of(new ProbeAnswer(200, "00", Instant.EPOCH, "")), "")
                : new ClientProbeResult(visited, Optional.empty(), "connection refused");
    }

    private String address(long id) {
        return lab.cloud
                .droplet(id)
                .flatMap(CloudDroplet::publicAddress)
                .orElseThrow()
                .value();
    }

    private void record(String name, String type, String data) {
        lab.post(
                "/v2/domains/hello.example/records",
                "{\"type\":\"%s\",\"name\":\"%s\",\"data\":\"%s\",\"ttl\":30}".formatted(type, name, data));
    }

    private String reserve() {
        String reserved = lab.post("/v2/reserved_ips", "{\"droplet_id\":%d}".formatted(droplet))
                .getAsJsonObject("reserved_ip")
                .get("ip")
                .getAsString();
        lab.clock.advance(java.time.Duration.ofSeconds(30));
        return reserved;
    }

    private TruthReport compare(String service, List<String> others, String... leaving) {
        return truths.compare(new TruthOrder(
                LabFixture.HELLO,
                "hello.example",
                service,
                others,
                List.of(leaving).stream().map(NodeName::new).toList()));
    }

    private static List<DifferenceKind> kinds(TruthReport report) {
        return report.differences().stream().map(TruthDifference::kind).toList();
    }

    @Test
    void findsNothingWhereAllAgree() {
        TruthReport report = compare("www", List.of(), PROXY);

        assertThat(report.differences()).isEmpty();
        assertThat(report.publishedNodes()).containsExactly(new NodeName(PROXY));
    }

    @Test
    void namesAProxyThatAPersonRenamed() {
        lab.post("/v2/droplets/%d/actions".formatted(droplet), "{\"type\":\"rename\",\"name\":\"LB-1.hello.example\"}");
        lab.clock.advance(java.time.Duration.ofSeconds(30));

        TruthReport report = compare("www", List.of());

        assertThat(kinds(report)).containsExactly(DifferenceKind.ALTERED_DROPLET, DifferenceKind.UNKNOWN_ADDRESS);
        assertThat(report.differences().get(0).describe())
                .contains("\"LB-1.hello.example\" (%s)".formatted(address), "cluster:hello", "rename it back");
        assertThat(report.differences().get(1).describe())
                .contains("www.hello.example A %s leads to no proxy of hello".formatted(address), "LB-1.hello.example");
    }

    @Test
    void namesADropletWithoutItsRoleTag() {
        lab.foreign("hello-app-x", "\"sluice\",\"cluster:hello\",\"state:in-service\"");

        TruthDifference difference = compare("www", List.of()).differences().get(0);

        assertThat(difference.kind()).isEqualTo(DifferenceKind.ALTERED_DROPLET);
        assertThat(difference.describe()).contains("hello-app-x", "put its tags back");
    }

    @Test
    void anAddressOfAnotherHandIsUnknownUnlessTheFileListsIt() {
        record("www", "A", "198.51.100.9");
        record("www", "AAAA", "2001:db8::9");

        assertThat(kinds(compare("www", List.of())))
                .containsExactly(DifferenceKind.UNKNOWN_ADDRESS, DifferenceKind.UNKNOWN_ADDRESS);
        TruthReport listed = compare("www", List.of("198.51.100.9", "2001:db8::9"));
        assertThat(listed.differences()).isEmpty();
        assertThat(listed.others()).containsExactly("198.51.100.9", "2001:db8::9");
    }

    /** DigitalOcean answers 401 or 403, which is no reason to end every change with a failure of the token. */
    @Test
    void aTokenThatMayNotReadReservedAddressesLeavesThemUnknown() {
        record("www", "A", "198.51.100.9");
        try (DigitalOceanApi denied = lab.cloudOf("another")) {
            truths = new DigitalOceanTruthActivities(
                    lab.cloud,
                    denied.catalog(),
                    lab.cloud.zones(),
                    (visited, port, host, page) -> answered(visited, true));

            TruthReport report = compare("www", List.of());

            assertThat(kinds(report)).containsExactly(DifferenceKind.UNKNOWN_ADDRESS);
            assertThat(report.differences().get(0).says())
                    .contains("the account's reserved addresses could not be read", "401");
        }
    }

    /** A record may lead to the machine through such an address, and then its destruction costs clients. */
    @Test
    void aRetirementIsRefusedIfReservedAddressesCannotBeRead() {
        record("www", "A", "198.51.100.9");
        try (DigitalOceanApi denied = lab.cloudOf("another")) {
            truths = new DigitalOceanTruthActivities(
                    lab.cloud,
                    denied.catalog(),
                    lab.cloud.zones(),
                    (visited, port, host, page) -> answered(visited, true));

            assertThatThrownBy(() -> compare("www", List.of(), PROXY))
                    .isInstanceOf(ApplicationFailure.class)
                    .hasMessageContaining("CLOUD_DENIED");
        }
    }

    /** The publication of an app server sends clients past the proxies. */
    @Test
    void theAddressOfAnAppServerIsNoProxys() {
        long app = lab.foreign("hello-app-y", TAGS.replace("role:proxy", "role:app"));
        record("www", "A", address(app));

        assertThat(kinds(compare("www", List.of()))).containsExactly(DifferenceKind.UNKNOWN_ADDRESS);
    }

    @Test
    void aReservedAddressIsTheSameMachine() {
        record("www", "A", reserve());

        TruthReport report = compare("www", List.of(), PROXY);

        assertThat(kinds(report)).containsExactly(DifferenceKind.SAME_MACHINE);
        assertThat(report.differences().get(0).describe()).contains("reserved address of hello-proxy-a", "one proxy");
        assertThat(report.publishedNodes()).hasSize(1);
    }

    @Test
    void namesRecordsOfOtherNamesAndDomainsThatLeadToANodeThatLeaves() {
        record("@", "A", address);
        record("*", "A", address);
        lab.post("/v2/domains", "{\"name\":\"other.example\"}");
        lab.post(
                "/v2/domains/other.example/records",
                "{\"type\":\"A\",\"name\":\"shop\",\"data\":\"%s\",\"ttl\":30}".formatted(reserve()));

        TruthReport report = compare("www", List.of(), PROXY);

        assertThat(kinds(report)).containsOnly(DifferenceKind.OTHER_NAME).hasSize(3);
        assertThat(report.differences())
                .extracting(TruthDifference::says)
                .anyMatch(says -> says.startsWith("hello.example A " + address))
                .anyMatch(says -> says.startsWith("*.hello.example A " + address))
                .anyMatch(says -> says.startsWith("shop.other.example A"));
        assertThat(compare("www", List.of()).differences()).isEmpty();
    }

    @Test
    void namesTheServiceUnderWhichAProxyIsReallyPublished() {
        TruthReport report = compare("www2", List.of(), PROXY);

        assertThat(kinds(report)).containsExactly(DifferenceKind.OTHER_SERVICE);
        assertThat(report.differences().get(0).says())
                .isEqualTo("hello-proxy-a is published as www.hello.example, this file says www2.hello.example");
    }

    /** Somebody removed the record, or another account serves it: no guard can count what is not seen. */
    @Test
    void aProxyInServiceWithoutAnyRecordIsSaid() {
        lab.foreign("hello-proxy-r", TAGS.replace("in-service", "ready"));
        long unpublished = lab.foreign("hello-proxy-u", TAGS);

        TruthReport report = compare("www", List.of(), "hello-proxy-u");

        assertThat(kinds(report)).containsExactly(DifferenceKind.UNPUBLISHED);
        assertThat(report.differences().get(0).describe())
                .isEqualTo(
                        "hello-proxy-u (%s) is in service, but no record of this account leads to it: publish it again, or make sure that no other account's zone sends clients to it before it is retired"
                                .formatted(address(unpublished)));
        assertThat(compare("www", List.of(), "hello-proxy-r").differences()).isEmpty();
        assertThat(compare("www", List.of()).differences()).isEmpty();
    }

    @Test
    void namesAnAliasAtTheServicesName() {
        record("www3", "CNAME", "hello.example.");

        assertThat(kinds(compare("www3", List.of()))).containsExactly(DifferenceKind.ALIAS);
    }

    @Test
    void namesAPublishedProxyInQuarantine() {
        long kept = lab.foreign("hello-proxy-q", TAGS.replace("in-service", "quarantine"));
        record("www", "A", address(kept));

        assertThat(kinds(compare("www", List.of()))).containsExactly(DifferenceKind.NOT_IN_TRAFFIC);
    }

    @Test
    void visitsEachPublishedAddressAsAClient() {
        record("www", "A", "198.51.100.9");

        List<AddressAnswer> answers =
                truths.visit(new VisitOrder("hello.example", "www", Optional.empty(), "www.hello.example", 443, "/"));

        assertThat(answers).hasSize(2);
        assertThat(answers)
                .filteredOn(AddressAnswer::serves)
                .singleElement()
                .satisfies(answer -> assertThat(answer.address().value()).isEqualTo(address));
        assertThat(answers)
                .filteredOn(answer -> !answer.serves())
                .extracting(AddressAnswer::says)
                .containsExactly("does not answer (connection refused)");
    }
}
