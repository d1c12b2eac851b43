package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reserved addresses, which move between droplets. */
interface ReservedIpContract extends LabContract {
    @Test
    default void anAddressReachesOnlyItsAssignedDroplet() {
        in(lab -> {
            long client = lab.droplet("client");
            long blue = lab.droplet("blue");
            TestApiClient.ReceivedResponse created = lab.api.post("/v2/reserved_ips", "{'region':'fra1'}");
            assertThat(created.status()).isEqualTo(202);
            assertThat(created.json().at("/reserved_ip/droplet").isNull()).isTrue();
            String address = created.json().at("/reserved_ip/ip").asText();
            assertThat(lab.reaches(client, address)).as("free").isFalse();

            act(lab, address, "{'type':'assign','droplet_id':" + blue + "}");
            assertThat(lab.reaches(client, address)).as("assigned").isTrue();
            assertThat(lab.api
                            .get("/v2/reserved_ips/" + address)
                            .json()
                            .at("/reserved_ip/droplet/id")
                            .asLong())
                    .isEqualTo(blue);

            act(lab, address, "{'type':'unassign'}");
            assertThat(lab.reaches(client, address)).as("free again").isFalse();
            assertThat(lab.total("/v2/reserved_ips/" + address + "/actions")).isEqualTo(2);
        });
    }

    @Test
    default void anAddressSurvivesItsDropletsRebootAndDestruction() {
        in(lab -> {
            long client = lab.droplet("client");
            long blue = lab.droplet("blue");
            TestApiClient.ReceivedResponse created = lab.api.post("/v2/reserved_ips", "{'droplet_id':" + blue + "}");
            assertThat(created.status()).isEqualTo(202);
            lab.awaitAction(created.json().at("/links/actions/0/id").asLong(), "completed");
            String address = created.json().at("/reserved_ip/ip").asText();
            lab.act(blue, "{'type':'power_cycle'}");
            assertThat(lab.reaches(client, address)).isTrue();

            lab.api.delete("/v2/droplets/" + blue);
            JsonNode left = lab.api.get("/v2/reserved_ips").json();
            assertThat(left.at("/reserved_ips/0/ip").asText()).isEqualTo(address);
            assertThat(left.at("/reserved_ips/0/droplet").isNull()).isTrue();
            assertThat(lab.api.delete("/v2/reserved_ips/" + address).status()).isEqualTo(204);
            assertThat(lab.api.delete("/v2/reserved_ips/" + address).status()).isEqualTo(404);
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'type':'steal'}", "{'type':'unassign'}", "{'type':'assign','droplet_id':7}"})
    default void aWrongActionOnAnAddressIsRefused(String body) {
        in(lab -> {
            String address = lab.api
                    .post("/v2/reserved_ips", "{'region':'fra1'}")
                    .json()
                    .at("/reserved_ip/ip")
                    .asText();
            assertThat(lab.api
                            .post("/v2/reserved_ips/" + address + "/actions", body)
                            .status())
                    .isEqualTo(422);
            assertThat(lab.total("/v2/reserved_ips/" + address + "/actions")).isZero();
        });
    }

    @Tag(API_ONLY)
    @Test
    default void refusesToAssignAnAddressOfAnotherRegion() {
        in(lab -> {
            assertThat(lab.api.post("/v2/reserved_ips", "{'region':'mars1'}").status())
                    .isEqualTo(422);
            assertThat(lab.api.post("/v2/reserved_ips", "{}").status()).isEqualTo(422);
            String address = lab.api
                    .post("/v2/reserved_ips", "{'region':'nyc3'}")
                    .json()
                    .at("/reserved_ip/ip")
                    .asText();
            String order = "{'type':'assign','droplet_id':" + lab.droplet("blue") + "}";
            TestApiClient.ReceivedResponse refused = lab.api.post("/v2/reserved_ips/" + address + "/actions", order);
            assertThat(refused.message()).contains("another region");
        });
    }

    private static void act(TestLab lab, String address, String body) {
        TestApiClient.ReceivedResponse begun = lab.api.post("/v2/reserved_ips/" + address + "/actions", body);
        assertThat(begun.status()).as(begun.message()).isEqualTo(201);
        lab.awaitAction(begun.json().at("/action/id").asLong(), "completed");
    }
}
