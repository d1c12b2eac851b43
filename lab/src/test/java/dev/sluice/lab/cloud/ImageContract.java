package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images and snapshots, the sources of clones. */
interface ImageContract extends LabContract {
    @Test
    default void listsABaseImageFromTheStart() {
        in(lab -> {
            JsonNode image = lab.api.get("/v2/images/debian-12-x64").json().path("image");
            assertThat(image.path("slug").asText()).isEqualTo("debian-12-x64");
            assertThat(image.path("type").asText()).isEqualTo("base");
            assertThat(image.path("public").asBoolean()).isTrue();
            assertThat(image.path("status").asText()).isEqualTo("available");
            assertThat(image.path("regions")).hasSizeGreaterThan(2);
            TestApiClient.ReceivedResponse byId =
                    lab.api.get("/v2/images/" + image.path("id").asLong());
            assertThat(byId.json().path("image")).isEqualTo(image);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void listsAFinishedSnapshotInItsRegionOnly() {
        in(TestLab.settings().withActionMillis(300), lab -> {
            long droplet = lab.droplet("app-1");
            lab.api.post("/v2/droplets/" + droplet + "/actions", "{'type':'snapshot','name':'gold'}");
            assertThat(total(lab, "/v2/snapshots")).isZero();
            JsonNode done = lab.awaitState(
                    "/v2/snapshots", json -> json.at("/meta/total").asInt() == 1);

            JsonNode snapshot = done.at("/snapshots/0");
            assertThat(snapshot.path("id").isTextual()).isTrue();
            assertThat(snapshot.path("resource_id").asText()).isEqualTo(Long.toString(droplet));
            assertThat(snapshot.path("resource_id").isTextual()).isTrue();
            assertThat(snapshot.path("min_disk_size").asInt()).isEqualTo(25);
            assertThat(snapshot.path("regions")).hasSize(1);
            JsonNode image = lab.api
                    .get("/v2/images/" + snapshot.path("id").asText())
                    .json()
                    .path("image");
            assertThat(image.path("id").isIntegralNumber()).isTrue();
            assertThat(image.path("type").asText()).isEqualTo("snapshot");
            assertThat(image.path("slug").isNull()).isTrue();
            assertThat(image.path("public").asBoolean()).isFalse();
            JsonNode own =
                    lab.api.get("/v2/droplets/" + droplet + "/snapshots").json().at("/snapshots/0");
            assertThat(own.path("id").isIntegralNumber()).isTrue();
            assertThat(lab.look(droplet).at("/snapshot_ids/0").asLong())
                    .isEqualTo(own.path("id").asLong());
        });
    }

    @Test
    default void clonesASnapshotOfADestroyedDroplet() {
        in(lab -> {
            long image = snapshot(lab, "gold");
            assertThat(total(lab, "/v2/droplets")).isZero();
            long clone = lab.ready(lab.api.post("/v2/droplets", clone("app-2", image, "fra1", "s-1vcpu-1gb")));
            assertThat(lab.look(clone).at("/image/id").asLong()).isEqualTo(image);
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @CsvSource({"ams3,s-1vcpu-1gb,not available in the selected region", "fra1,s-1vcpu-512mb-10gb,disk of 25 GB"})
    default void aCloneNeedsTheSnapshotsRegionAndItsDisk(String region, String size, String says) {
        in(lab -> {
            long image = snapshot(lab, "gold");
            TestApiClient.ReceivedResponse refused = lab.api.post("/v2/droplets", clone("app-2", image, region, size));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message()).contains(says);
            assertThat(total(lab, "/v2/droplets")).isZero();
        });
    }

    @Tag(API_ONLY)
    @Test
    default void imagesAreFilteredByTypePrivateAndTag() {
        in(lab -> {
            long image = snapshot(lab, "gold");
            lab.api.post("/v2/tags", "{'name':'template'}");
            lab.api.post(
                    "/v2/tags/template/resources",
                    "{'resources':[{'resource_id':'" + image + "','resource_type':'image'}]}");
            assertThat(total(lab, "/v2/images")).isEqualTo(2);
            assertThat(total(lab, "/v2/images?type=distribution")).isEqualTo(1);
            assertThat(total(lab, "/v2/images?type=application")).isZero();
            assertThat(total(lab, "/v2/images?private=true")).isEqualTo(1);
            assertThat(total(lab, "/v2/images?tag_name=template")).isEqualTo(1);
            assertThat(total(lab, "/v2/images?tag_name=other")).isZero();
            assertThat(lab.api.get("/v2/images?type=sculpture").status()).isEqualTo(422);
            assertThat(lab.api
                            .get("/v2/snapshots")
                            .json()
                            .at("/snapshots/0/tags/0")
                            .asText())
                    .isEqualTo("template");
            assertThat(total(lab, "/v2/snapshots?resource_type=droplet")).isEqualTo(1);
            assertThat(total(lab, "/v2/snapshots?resource_type=volume")).isZero();
            assertThat(lab.api.get("/v2/snapshots?resource_type=dream").status())
                    .isEqualTo(422);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void renamesAndDeletesASnapshotByBothPaths() {
        in(lab -> {
            long first = snapshot(lab, "gold");
            long second = snapshot(lab, "silver");
            TestApiClient.ReceivedResponse renamed = lab.api.put("/v2/images/" + first, "{'name':'platinum'}");
            assertThat(renamed.json().at("/image/name").asText()).isEqualTo("platinum");
            assertThat(lab.api.put("/v2/images/" + first, "{}").status()).isEqualTo(422);
            assertThat(lab.api.delete("/v2/images/" + first).status()).isEqualTo(204);
            assertThat(lab.api.delete("/v2/snapshots/" + second).status()).isEqualTo(204);
            assertThat(lab.api.delete("/v2/snapshots/" + second).status()).isEqualTo(404);
            assertThat(lab.api.get("/v2/images/" + first).status()).isEqualTo(404);
            assertThat(total(lab, "/v2/snapshots")).isZero();
        });
    }

    @Test
    default void refusesToChangeABaseImage() {
        in(lab -> {
            long id = lab.api
                    .get("/v2/images/debian-12-x64")
                    .json()
                    .at("/image/id")
                    .asLong();
            assertThat(lab.api.delete("/v2/images/" + id).status()).isEqualTo(403);
            assertThat(lab.api.put("/v2/images/" + id, "{'name':'mine'}").status())
                    .isEqualTo(403);
            assertThat(lab.api.get("/v2/snapshots/" + id).status()).isEqualTo(404);
            assertThat(lab.api.delete("/v2/snapshots/" + id).status()).isEqualTo(404);
        });
    }

    private static String clone(String name, long image, String region, String size) {
        return "{'name':'" + name + "','region':'" + region + "','size':'" + size + "','image':" + image + "}";
    }

    private static long snapshot(TestLab lab, String name) {
        long droplet = lab.droplet("master");
        lab.act(droplet, "{'type':'snapshot','name':'" + name + "'}");
        long id = lab.api
                .get("/v2/droplets/" + droplet + "/snapshots")
                .json()
                .at("/snapshots/0/id")
                .asLong();
        lab.api.delete("/v2/droplets/" + droplet);
        return id;
    }

    private static int total(TestLab lab, String path) {
        return lab.api.get(path).json().at("/meta/total").asInt(-1);
    }
}
