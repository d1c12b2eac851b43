package dev.sluice.activities.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.cloud.LabFixture;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.workflows.activity.DnsActivities.ZoneDelegation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who answers for a zone, asked of the lab's API and of a resolver of the test's own. */
class DelegationLookupTest {
    private static final List<String> DIGITALOCEAN =
            List.of("ns1.digitalocean.com", "ns2.digitalocean.com", "ns3.digitalocean.com");

    private final LabFixture lab = new LabFixture();

    DelegationLookupTest() throws IOException {
        lab.post("/v2/domains", "{\"name\":\"hello.example\"}");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private DigitalOceanDnsActivities steps(TestNameServer resolver) {
        return new DigitalOceanDnsActivities(
                lab.cloud.zones(),
                lab.steps.fleet(),
                new AuthoritativeServers(Optional.empty(), Optional.of(resolver.address())),
                new ClientProbe(Duration.ofSeconds(1))::probe,
                cluster -> address -> true,
                lab.heart,
                lab.clock);
    }

    @Test
    void returnsApiServersDelegationAndTtls() throws IOException {
        lab.post(
                "/v2/domains/hello.example/records",
                "{\"type\":\"A\",\"name\":\"www\",\"data\":\"203.0.113.7\",\"ttl\":3600}");
        try (TestNameServer resolver = new TestNameServer(List::of, List.of("ns.registrar.example"))) {
            ZoneDelegation seen = steps(resolver).delegation("hello.example", "www", Optional.empty());

            assertThat(seen.atApi()).isEqualTo(DIGITALOCEAN);
            assertThat(seen.delegatedTo()).containsExactly("ns.registrar.example");
            assertThat(seen.ttls()).containsExactly(3600);
            assertThat(seen.configured()).isEmpty();
        }
    }

    @Test
    void unknownZoneHasNoDelegation() throws IOException {
        try (TestNameServer resolver = new TestNameServer(List::of)) {
            assertThat(steps(resolver)
                            .delegation("hello.example", "www", Optional.empty())
                            .delegatedTo())
                    .isEmpty();
        }
    }

    @Test
    void configuredServerReplacesTheResolver() throws IOException {
        try (TestNameServer resolver = new TestNameServer(List::of, List.of("ns.registrar.example"))) {
            ZoneDelegation seen = steps(resolver).delegation("hello.example", "www", Optional.of("192.0.2.53:53"));

            assertThat(seen.configured()).contains("192.0.2.53:53");
            assertThat(resolver.questions).hasValue(0);
        }
    }
}
