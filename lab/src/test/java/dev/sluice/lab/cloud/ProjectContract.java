package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects, and other lists that clients expect. */
interface ProjectContract extends LabContract {
    @Test
    default void aResourceIsInTheDefaultProjectUntilItsAssignment() {
        in(lab -> {
            String urn = "do:droplet:" + lab.droplet("app-1");
            JsonNode inDefault = lab.api.get("/v2/projects/default/resources").json();
            assertThat(inDefault.at("/resources/0/urn").asText()).isEqualTo(urn);
            String path = "/v2/projects/" + create(lab, "shop");
            TestApiClient.ReceivedResponse assigned =
                    lab.api.post(path + "/resources", "{'resources':['" + urn + "']}");
            assertThat(assigned.json().at("/resources/0/status").asText()).isEqualTo("assigned");
            assertThat(lab.total(path + "/resources")).isEqualTo(1);
            assertThat(lab.total("/v2/projects/default/resources")).isZero();
            assertThat(lab.api.delete(path).status()).isEqualTo(412);
            lab.api.post("/v2/projects/default/resources", "{'resources':['" + urn + "']}");
            assertThat(lab.api.delete(path).status()).isEqualTo(204);
            assertThat(lab.api.get(path).status()).isEqualTo(404);
            assertThat(lab.api
                            .post("/v2/projects/default/resources", "{'resources':['do:droplet:7']}")
                            .status())
                    .isEqualTo(422);
        });
    }

    @Test
    default void patchChangesOneFieldAndPutNeedsAll() {
        in(lab -> {
            String path = "/v2/projects/" + create(lab, "shop");
            JsonNode patched =
                    lab.api.patch(path, "{'environment':'Production'}").json();
            assertThat(patched.at("/project/name").asText()).isEqualTo("shop");
            assertThat(patched.at("/project/environment").asText()).isEqualTo("Production");
            assertThat(lab.api.put(path, "{'name':'store'}").status()).isEqualTo(422);
            String all =
                    "{'name':'store','description':'','purpose':'Website','environment':'Staging','is_default':true}";
            assertThat(lab.api.put(path, all).json().at("/project/is_default").asBoolean())
                    .isTrue();
            assertThat(lab.api
                            .get("/v2/projects/default")
                            .json()
                            .at("/project/name")
                            .asText())
                    .isEqualTo("store");
            assertThat(lab.api.delete(path).status()).isEqualTo(409);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':'shop'}",
                "{'purpose':'Website'}",
                "{'name':'shop','purpose':'Website','environment':'Moon'}"
            })
    default void aWrongProjectIsRefused(String body) {
        in(lab -> {
            assertThat(lab.api.post("/v2/projects", body).status()).isEqualTo(422);
            assertThat(lab.total("/v2/projects")).isEqualTo(1);
        });
    }

    @Test
    default void listsNoCertificatesAndNoBackups() {
        in(lab -> {
            assertThat(lab.total("/v2/certificates")).isZero();
            assertThat(lab.total("/v2/droplets/backups/policies")).isZero();
            assertThat(lab.api
                            .get("/v2/droplets/backups/supported_policies")
                            .json()
                            .path("supported_policies"))
                    .isEmpty();
            long id = lab.droplet("app-1");
            assertThat(lab.api
                            .get("/v2/droplets/" + id + "/backups/policy")
                            .json()
                            .at("/policy/backup_enabled")
                            .asBoolean(true))
                    .isFalse();
        });
    }

    private static String create(TestLab lab, String name) {
        TestApiClient.ReceivedResponse created =
                lab.api.post("/v2/projects", "{'name':'" + name + "','purpose':'Website'}");
        assertThat(created.status()).isEqualTo(201);
        return created.json().at("/project/id").asText();
    }
}
