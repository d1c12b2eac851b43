package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.account.VisibilityDelays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Effects show late in a slow cloud. */
interface VisibilityDelaysContract extends LabContract {
    @Tag(API_ONLY)
    @Test
    default void aHarshCloudDelaysListingTagsAndAddress() {
        in(TestLab.settings().withDelays(new VisibilityDelays(300, 900, 600, 900, 600)), lab -> {
            String order = TestLab.order("app-1").replace("}", ",'tags':['app']}");
            TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", order);
            long id = created.json().at("/droplet/id").asLong();
            String path = "/v2/droplets/" + id;
            assertThat(lab.api.get(path).status()).as("by id").isEqualTo(404);
            assertThat(lab.total("/v2/droplets?name=app-1")).as("by name").isZero();
            lab.awaitState(
                    "/v2/droplets?name=app-1", json -> json.at("/meta/total").asInt() == 1);
            lab.awaitState(path, json -> json.at("/droplet/status").asText().equals("active"));
            assertThat(lab.look(id).at("/networks/v4")).as("an address").isEmpty();
            lab.awaitState(path, json -> !json.at("/droplet/networks/v4").isEmpty());
            lab.awaitState(
                    "/v2/droplets?tag_name=app", json -> json.at("/meta/total").asInt() == 1);

            assertThat(lab.api.delete(path).status()).isEqualTo(204);
            assertThat(lab.api.get(path).status()).as("still shown").isEqualTo(200);
            assertThat(lab.api.delete(path).status()).as("but gone").isEqualTo(404);
            lab.awaitState(path, json -> json.path("id").asText().equals("not_found"));
            assertThat(lab.total("/v2/droplets")).isZero();
        });
    }

    @Test
    default void anInstantCloudShowsADropletWithItsMachine() {
        in(TestLab.settings().withDelays(VisibilityDelays.INSTANT), lab -> {
            long id = lab.droplet("app-1");
            assertThat(lab.look(id).at("/networks/v4")).hasSize(2);
            lab.api.delete("/v2/droplets/" + id);
            assertThat(lab.api.get("/v2/droplets/" + id).status()).isEqualTo(404);
        });
    }
}
