package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags outlive their resources, and their counts are right. */
interface TagContract extends LabContract {
    @Test
    default void aTagNamedAtCreationIsCreatedAndOutlivesItsDroplet() {
        in(lab -> {
            long id =
                    lab.ready(lab.api.post("/v2/droplets", TestLab.order("a-1").replace("}", ",'tags':['run:1']}")));
            JsonNode tag = lab.api.get("/v2/tags/run:1").json().path("tag");
            assertThat(tag.at("/resources/count").asInt()).isEqualTo(1);
            assertThat(tag.at("/resources/droplets/count").asInt()).isEqualTo(1);
            assertThat(tag.at("/resources/droplets/last_tagged_uri").asText()).endsWith("/v2/droplets/" + id);
            lab.api.delete("/v2/droplets/" + id);
            TestApiClient.ReceivedResponse left = lab.api.get("/v2/tags/run:1");
            assertThat(left.status()).isEqualTo(200);
            assertThat(left.json().at("/tag/resources/count").asInt()).isZero();
        });
    }

    @Test
    default void attachesAndDetachesATag() {
        in(lab -> {
            long id = lab.droplet("a-1");
            assertThat(lab.api.post("/v2/tags", "{'name':'state:ready'}").status())
                    .isEqualTo(201);
            String body = "{'resources':[{'resource_id':'" + id + "','resource_type':'droplet'}]}";
            assertThat(lab.api.post("/v2/tags/state:ready/resources", body).status())
                    .isEqualTo(204);
            assertThat(lab.look(id).at("/tags/0").asText()).isEqualTo("state:ready");
            assertThat(lab.api.delete("/v2/tags/state:ready/resources", body).status())
                    .isEqualTo(204);
            assertThat(lab.look(id).path("tags")).isEmpty();
        });
    }

    @Test
    default void aDeletedTagIsRemovedFromItsDroplets() {
        in(lab -> {
            long id =
                    lab.ready(lab.api.post("/v2/droplets", TestLab.order("a-1").replace("}", ",'tags':['x','y']}")));
            assertThat(lab.api.delete("/v2/tags/x").status()).isEqualTo(204);
            assertThat(lab.look(id).path("tags").toString()).isEqualTo("[\"y\"]");
            assertThat(lab.api.get("/v2/tags/x").status()).isEqualTo(404);
            assertThat(lab.api.delete("/v2/tags/x").status()).isEqualTo(404);
        });
    }

    @Test
    default void aTagKeepsItsFirstSpelling() {
        in(lab -> {
            lab.api.post("/v2/tags", "{'name':'Blue'}");
            long id =
                    lab.ready(lab.api.post("/v2/droplets", TestLab.order("a-1").replace("}", ",'tags':['blue']}")));
            assertThat(lab.look(id).at("/tags/0").asText()).isEqualTo("Blue");
            assertThat(lab.api.get("/v2/tags/blue").status()).isEqualTo(404);
            assertThat(lab.api
                            .post("/v2/tags", "{'name':'BLUE'}")
                            .json()
                            .at("/tag/name")
                            .asText())
                    .isEqualTo("Blue");
            assertThat(lab.api.get("/v2/tags").json().at("/meta/total").asInt()).isEqualTo(1);
        });
    }

    @Test
    default void creatingATagIsIdempotent() {
        in(lab -> {
            lab.api.post("/v2/tags", "{'name':'Blue'}");
            assertThat(lab.api
                            .post("/v2/tags", "{'name':'Blue'}")
                            .json()
                            .at("/tag/name")
                            .asText())
                    .isEqualTo("Blue");
            assertThat(lab.api.get("/v2/tags").json().at("/meta/total").asInt()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'name':''}", "{'name':7}", "{'name':'a b'}", "{'name':'a.b'}", "{'name':'ä'}"})
    default void whatIsNoTagIsRefused(String body) {
        in(lab -> {
            assertThat(lab.api.post("/v2/tags", body).status()).isEqualTo(422);
            assertThat(lab.api.get("/v2/tags").json().at("/meta/total").asInt()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}|422",
                "{'resources':[]}|422",
                "{'resources':'all'}|422",
                "{'resources':[7]}|404",
                "{'resources':[{'resource_id':'DROPLET','resource_type':'dream'}]}|422",
                "{'resources':[{'resource_id':'DROPLET','resource_type':'droplet'},{'resource_id':'1','resource_type':'droplet'}]}|404",
                "{'resources':[{'resource_id':'DROPLET','resource_type':'droplet'},{'resource_id':'x','resource_type':'image'}]}|404",
            })
    default void aWrongListOfResourcesTagsNothing(String body, int status) {
        in(lab -> {
            long id = lab.droplet("a-1");
            lab.api.post("/v2/tags", "{'name':'x'}");
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/tags/x/resources", body.replace("DROPLET", Long.toString(id)));
            assertThat(refused.status()).isEqualTo(status);
            assertThat(lab.look(id).path("tags")).isEmpty();
        });
    }

    @Test
    default void refusesToAttachAnUnknownTag() {
        in(lab -> {
            long id = lab.droplet("a-1");
            String body = "{'resources':[{'resource_id':'" + id + "','resource_type':'droplet'}]}";
            assertThat(lab.api.post("/v2/tags/none/resources", body).status()).isEqualTo(404);
        });
    }
}
