package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions that change a droplet's image or size, and actions on many droplets. */
interface RebuildAndResizeContract extends LabContract {
    @Test
    default void aRebuildChangesTheImageAndKeepsTheAddress() {
        in(lab -> {
            long id = lab.droplet("app-1");
            String address = lab.address(id);
            long image = snapshot(lab, id, "gold");
            assertThat(lab.act(id, "{'type':'rebuild','image':" + image + "}")
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
            assertThat(lab.look(id).at("/image/id").asLong()).isEqualTo(image);
            assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
            assertThat(lab.address(id)).isEqualTo(address);
            assertThat(lab.act(id, "{'type':'rebuild','image':'debian-12-x64'}")
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
            assertThat(lab.look(id).at("/image/slug").asText()).isEqualTo("debian-12-x64");
        });
    }

    @Test
    default void restoresADropletFromItsOwnSnapshotsOnly() {
        in(lab -> {
            long id = lab.droplet("app-1");
            long other = lab.droplet("app-2");
            long image = snapshot(lab, id, "gold");
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/droplets/" + other + "/actions", "{'type':'restore','image':" + image + "}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message()).contains("no snapshot of this Droplet");
            assertThat(lab.act(id, "{'type':'restore','image':" + image + "}")
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
            assertThat(lab.look(id).at("/image/id").asLong()).isEqualTo(image);
        });
    }

    @Test
    default void resizesAStoppedDropletAndItsDiskOnRequest() {
        in(lab -> {
            long id = lab.droplet("app-1");
            String path = "/v2/droplets/" + id + "/actions";
            TestApiClient.ReceivedResponse running = lab.api.post(path, "{'type':'resize','size':'s-1vcpu-2gb'}");
            assertThat(running.message()).contains("powered off");
            lab.act(id, "{'type':'power_off'}");
            lab.act(id, "{'type':'resize','size':'s-1vcpu-2gb'}");
            assertThat(lab.look(id).path("size_slug").asText()).isEqualTo("s-1vcpu-2gb");
            assertThat(lab.look(id).path("memory").asInt()).isEqualTo(2048);
            assertThat(lab.look(id).path("disk").asInt()).isEqualTo(25);
            lab.act(id, "{'type':'resize','size':'s-2vcpu-2gb','disk':true}");
            assertThat(lab.look(id).path("disk").asInt()).isEqualTo(60);
            TestApiClient.ReceivedResponse smaller = lab.api.post(path, "{'type':'resize','size':'s-1vcpu-1gb'}");
            assertThat(smaller.status()).isEqualTo(422);
            assertThat(smaller.message()).contains("60 GB");
            lab.act(id, "{'type':'power_on'}");
            assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'rebuild'}",
                "{'type':'rebuild','image':'debian-1-x64'}",
                "{'type':'rebuild','image':7}",
                "{'type':'restore','image':7}",
                "{'type':'resize'}",
                "{'type':'resize','size':'s-9vcpu-9gb'}"
            })
    default void aWrongReshapingHasNoEffect(String body) {
        in(lab -> {
            long id = lab.droplet("app-1");
            assertThat(lab.api.post("/v2/droplets/" + id + "/actions", body).status())
                    .isEqualTo(422);
            assertThat(lab.look(id).path("locked").asBoolean()).isFalse();
            assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
        });
    }

    @Test
    default void aTransferredSnapshotBootsInItsNewRegion() {
        in(TestLab.settings().withActionMillis(300), lab -> {
            long image = snapshot(lab, lab.droplet("app-1"), "gold");
            String path = "/v2/images/" + image + "/actions";
            TestApiClient.ReceivedResponse begun = lab.api.post(path, "{'type':'transfer','region':'nyc3'}");
            assertThat(begun.status()).isEqualTo(201);
            assertThat(begun.json().at("/action/resource_type").asText()).isEqualTo("image");
            String order = TestLab.order("app-2").replace("fra1", "nyc3").replace("'debian-12-x64'", "" + image);
            assertThat(lab.api.post("/v2/droplets", order).status()).isEqualTo(422);
            long action = begun.json().at("/action/id").asLong();
            lab.awaitAction(action, "completed");
            assertThat(lab.api.get(path + "/" + action).status()).isEqualTo(200);
            assertThat(lab.total(path)).isEqualTo(1);
            lab.ready(lab.api.post("/v2/droplets", order));
            assertThat(lab.api.post(path, "{'type':'transfer','region':'nyc3'}").status())
                    .isEqualTo(422);
            assertThat(lab.api
                            .post(path, "{'type':'transfer','region':'mars1'}")
                            .status())
                    .isEqualTo(422);
            assertThat(lab.api.post(path, "{'type':'convert'}").message()).contains("it has transfer");
            assertThat(lab.api.get("/v2/images/7/actions").status()).isEqualTo(404);
        });
    }

    @Test
    default void anActionByTagAffectsAllDropletsOrNone() {
        in(lab -> {
            long one = tagged(lab, "app-1");
            long two = tagged(lab, "app-2");
            long other = lab.droplet("proxy-1");
            String path = "/v2/droplets/actions?tag_name=app";
            TestApiClient.ReceivedResponse begun = lab.api.post(path, "{'type':'power_off'}");
            assertThat(begun.status()).isEqualTo(201);
            assertThat(begun.json().path("actions").findValuesAsText("resource_id"))
                    .containsExactly("" + one, "" + two);
            begun.json()
                    .path("actions")
                    .forEach(action -> lab.awaitAction(action.path("id").asLong(), "completed"));
            assertThat(lab.look(two).path("status").asText()).isEqualTo("off");
            assertThat(lab.look(other).path("status").asText()).isEqualTo("active");

            lab.act(one, "{'type':'power_on'}");
            int before = lab.total("/v2/actions");
            assertThat(lab.api.post(path, "{'type':'power_off'}").status())
                    .as("one of them is off already")
                    .isEqualTo(422);
            assertThat(lab.api
                            .post(path, "{'type':'rebuild','image':'debian-12-x64'}")
                            .status())
                    .isEqualTo(422);
            assertThat(lab.total("/v2/actions")).isEqualTo(before);
            assertThat(lab.look(one).path("status").asText()).isEqualTo("active");
        });
    }

    private static long tagged(TestLab lab, String name) {
        return lab.ready(lab.api.post("/v2/droplets", TestLab.order(name).replace("}", ",'tags':['app']}")));
    }

    private static long snapshot(TestLab lab, long droplet, String name) {
        lab.act(droplet, "{'type':'snapshot','name':'" + name + "'}");
        return lab.api
                .get("/v2/droplets/" + droplet + "/snapshots")
                .json()
                .at("/snapshots/0/id")
                .asLong();
    }
}
