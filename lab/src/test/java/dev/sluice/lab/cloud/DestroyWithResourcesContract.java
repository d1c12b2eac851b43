package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The destruction of droplets together with their resources. */
interface DestroyWithResourcesContract extends LabContract {
    @Test
    default void destroysAllListedResourcesWithTheDangerHeader() {
        in(lab -> {
            long id = lab.droplet("app-1");
            lab.act(id, "{'type':'snapshot','name':'gold'}");
            JsonNode address = lab.api
                    .post("/v2/reserved_ips", "{'droplet_id':" + id + "}")
                    .json();
            lab.awaitAction(address.at("/links/actions/0/id").asLong(), "completed");
            String path = "/v2/droplets/" + id + "/destroy_with_associated_resources";
            JsonNode listed = lab.api.get(path).json();
            assertThat(listed.at("/snapshots/0/name").asText()).isEqualTo("gold");
            assertThat(listed.at("/reserved_ips/0/id").asText())
                    .isEqualTo(address.at("/reserved_ip/ip").asText());
            assertThat(listed.path("volumes")).isEmpty();

            assertThat(lab.api.delete(path + "/dangerous").status()).isEqualTo(422);
            assertThat(lab.total("/v2/droplets")).isEqualTo(1);
            assertThat(lab.api.dangerously().delete(path + "/dangerous").status())
                    .isEqualTo(202);
            JsonNode done = lab.awaitState(path + "/status", json -> json.has("completed_at"));
            assertThat(done.path("failures").asInt(-1)).isZero();
            assertThat(done.at("/droplet/destroyed_at").asText()).isNotEmpty();
            assertThat(done.at("/resources/snapshots/0/name").asText()).isEqualTo("gold");
            assertThat(lab.total("/v2/droplets")).isZero();
            assertThat(lab.total("/v2/snapshots")).isZero();
            assertThat(lab.total("/v2/reserved_ips")).isZero();
        });
    }

    @Tag(API_ONLY)
    @Test
    default void aSelectiveDestructionKeepsUnnamedResources() {
        in(lab -> {
            long id = lab.droplet("app-1");
            lab.act(id, "{'type':'snapshot','name':'gold'}");
            lab.act(id, "{'type':'snapshot','name':'silver'}");
            JsonNode snapshots =
                    lab.api.get("/v2/droplets/" + id + "/snapshots").json();
            String gold = snapshots.at("/snapshots/0/id").asText();
            String path = "/v2/droplets/" + id + "/destroy_with_associated_resources";
            assertThat(lab.api
                            .delete(path + "/selective", "{'snapshots':['7']}")
                            .status())
                    .isEqualTo(422);
            assertThat(lab.api
                            .delete(path + "/selective", "{'volumes':['ba49449a-7435-11ea-b89e-0a58ac14480f']}")
                            .status())
                    .isEqualTo(422);
            assertThat(lab.api
                            .delete(path + "/selective", "{'snapshots':['" + gold + "']}")
                            .status())
                    .isEqualTo(202);
            lab.awaitState(path + "/status", json -> json.has("completed_at"));
            assertThat(lab.api.get("/v2/snapshots").json().path("snapshots").findValuesAsText("name"))
                    .containsExactly("silver");
            assertThat(lab.api.post(path + "/retry", "").status()).isEqualTo(202);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void aDropletWithoutADestructionHasNoStatus() {
        in(lab -> {
            String path = "/v2/droplets/" + lab.droplet("app-1") + "/destroy_with_associated_resources";
            assertThat(lab.api.get(path + "/status").status()).isEqualTo(404);
            assertThat(lab.api.post(path + "/retry", "").status()).isEqualTo(404);
            assertThat(lab.api
                            .get("/v2/droplets/7/destroy_with_associated_resources")
                            .status())
                    .isEqualTo(404);
        });
    }
}
