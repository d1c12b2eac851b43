package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.model.cluster.CloudAccount;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DigitalOceanAccountActivitiesTest {
    private final LabFixture lab = new LabFixture();

    DigitalOceanAccountActivitiesTest() throws IOException {
        lab.post("/v2/domains", "{\"name\":\"hello.example\"}");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private List<TokenScope> scopes(String token) {
        try (DigitalOceanApi cloud = lab.cloudOf(token)) {
            return new DigitalOceanAccountActivities(cloud).scopes("hello.example");
        }
    }

    @Test
    void readsContentsAndChoicesOfTheAccount() {
        lab.foreign("somebody-else", "");

        CloudAccount account = new DigitalOceanAccountActivities(lab.cloud).look();

        assertThat(account.droplets()).isEqualTo(1);
        assertThat(account.dropletLimit()).isEqualTo(25);
        assertThat(account.domains()).containsExactly("hello.example");
        assertThat(account.regions()).contains("fra1").isSorted();
        assertThat(account.sizes())
                .anyMatch(size ->
                        size.slug().equals("s-1vcpu-1gb") && size.regions().contains("fra1") && size.usdPerHour() > 0);
        assertThat(account.keys())
                .hasSize(1)
                .allMatch(key -> key.fingerprint().matches("([0-9a-f]{2}:){15}[0-9a-f]{2}"));
        assertThat(account.networks()).anyMatch(network -> network.region().equals("fra1"));
        assertThat(account.images()).contains("debian-12-x64");
        assertThat(account.unknown()).isEmpty();
    }

    @Test
    void reportsAnUnknownTokenWithoutFailure() {
        try (DigitalOceanApi cloud = lab.cloudOf("forgotten")) {
            CloudAccount account = new DigitalOceanAccountActivities(cloud).look();

            assertThat(account.domains()).isEmpty();
            assertThat(account.unknown())
                    .hasSize(8)
                    .anyMatch(line -> line.startsWith("domains: DigitalOcean answered GET /v2/domains with 401"));
        }
    }

    @Test
    void failsIfDigitalOceanDoesNotAnswer() {
        lab.close();

        assertThatThrownBy(() -> new DigitalOceanAccountActivities(lab.cloud).look())
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("CLOUD_BUSY"));
    }

    @Test
    void probesEachScopeWithoutAChange() {
        assertThat(scopes("secret"))
                .hasSize(12)
                .allMatch(TokenScope::granted)
                .extracting(TokenScope::name)
                .contains(
                        "firewall:read",
                        "reserved_ip:read",
                        "droplet:create",
                        "droplet:delete",
                        "tag:create",
                        "domain:delete");

        assertThat(lab.cloud.catalog().droplets()).isZero();
        assertThat(lab.cloud.tags()).isEmpty();
        assertThat(lab.cloud.zones().addresses("hello.example", "@")).isEmpty();
    }

    @Test
    void readOnlyTokenLacksEachWriteScope() {
        List<TokenScope> missing = scopes("secret-read-only").stream()
                .filter(scope -> !scope.granted())
                .toList();

        assertThat(missing)
                .extracting(TokenScope::name)
                .containsExactly(
                        "droplet:create",
                        "droplet:update",
                        "droplet:delete",
                        "tag:create",
                        "domain:create",
                        "domain:delete");
        assertThat(missing).allMatch(scope -> scope.says().contains("403"));
    }
}
