package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** VPCs. */
interface VpcContract extends LabContract {
    @Test
    default void everyRegionHasADefaultVpcThatCannotBeDeleted() {
        in(lab -> {
            JsonNode vpcs = lab.api.get("/v2/vpcs").json().path("vpcs");
            assertThat(vpcs.findValuesAsText("region")).containsExactlyInAnyOrder("ams3", "fra1", "nyc3");
            assertThat(vpcs).allSatisfy(vpc -> {
                assertThat(vpc.path("urn").asText())
                        .isEqualTo("do:vpc:" + vpc.path("id").asText());
                assertThat(lab.api.delete("/v2/vpcs/" + vpc.path("id").asText()).status())
                        .isEqualTo(403);
            });
        });
    }

    @Test
    default void refusesToDeleteAVpcWithMembers() {
        in(lab -> {
            String id = vpc(lab);
            String order = TestLab.order("a-1").replace("}", ",'vpc_uuid':'" + id + "'}");
            long droplet = lab.ready(lab.api.post("/v2/droplets", order));
            JsonNode members = lab.api.get("/v2/vpcs/" + id + "/members").json();
            assertThat(members.at("/members/0/urn").asText()).isEqualTo("do:droplet:" + droplet);
            JsonNode others = lab.api
                    .get("/v2/vpcs/" + id + "/members?resource_type=database")
                    .json();
            assertThat(others.at("/meta/total").asInt()).isZero();
            assertThat(lab.api.delete("/v2/vpcs/" + id).status()).isEqualTo(409);
            lab.api.delete("/v2/droplets/" + droplet);
            assertThat(lab.api.delete("/v2/vpcs/" + id).status()).isEqualTo(204);
            assertThat(lab.api.get("/v2/vpcs/" + id).status()).isEqualTo(404);
            assertThat(lab.api.get("/v2/vpcs/" + id + "/members").status()).isEqualTo(404);
        });
    }

    @Test
    default void refusesAVpcOfAnotherRegion() {
        in(lab -> {
            String order = TestLab.order("a-1").replace("fra1", "nyc3").replace("}", ",'vpc_uuid':'" + vpc(lab) + "'}");
            assertThat(lab.api.post("/v2/droplets", order).status()).isEqualTo(422);
        });
    }

    @Test
    default void aVpcIsRenamed() {
        in(lab -> {
            String path = "/v2/vpcs/" + vpc(lab);
            assertThat(lab.api
                            .put(path, "{'name':'back'}")
                            .json()
                            .at("/vpc/name")
                            .asText())
                    .isEqualTo("back");
            JsonNode patched =
                    lab.api.patch(path, "{'description':'of the apps'}").json();
            assertThat(patched.at("/vpc/name").asText()).isEqualTo("back");
            assertThat(patched.at("/vpc/description").asText()).isEqualTo("of the apps");
            assertThat(lab.api.patch(path, "{'name':'default-fra1'}").status()).isEqualTo(422);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':'front'}",
                "{'name':'front','region':'mars1'}",
                "{'name':'a b','region':'fra1'}",
                "{'name':'default-fra1','region':'fra1'}",
                "{'name':'front','region':'fra1','ip_range':'10.0.0.0/8'}"
            })
    default void aWrongVpcIsRefused(String body) {
        in(lab -> {
            assertThat(lab.api.post("/v2/vpcs", body).status()).isEqualTo(422);
            assertThat(lab.api.get("/v2/vpcs").json().at("/meta/total").asInt()).isEqualTo(3);
        });
    }

    private static String vpc(TestLab lab) {
        TestApiClient.ReceivedResponse created =
                lab.api.post("/v2/vpcs", "{'name':'front','region':'fra1','ip_range':'10.120.0.0/24'}");
        assertThat(created.status()).isEqualTo(201);
        return created.json().at("/vpc/id").asText();
    }
}
