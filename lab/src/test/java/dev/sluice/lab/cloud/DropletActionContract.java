package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions on a droplet run later, one at a time, and report their end. */
interface DropletActionContract extends LabContract {
    @Test
    default void keepsTheAddressAcrossPowerOffAndOn() {
        in(lab -> {
            long id = lab.droplet("app-1");
            assertThat(lab.act(id, "{'type':'power_off'}").path("status").asText())
                    .isEqualTo("completed");
            assertThat(lab.look(id).path("status").asText()).isEqualTo("off");
            assertThat(lab.act(id, "{'type':'power_on'}").path("status").asText())
                    .isEqualTo("completed");
            assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
            assertThat(lab.look(id).at("/networks/v4/0/ip_address").asText()).isEqualTo("10.77.0.2");
        });
    }

    @Test
    default void aShutdownEndsOffAndARebootEndsActive() {
        in(lab -> {
            long id = lab.droplet("app-1");
            lab.act(id, "{'type':'reboot'}");
            assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
            lab.act(id, "{'type':'power_cycle'}");
            assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
            lab.act(id, "{'type':'shutdown'}");
            assertThat(lab.look(id).path("status").asText()).isEqualTo("off");
        });
    }

    @Tag(API_ONLY)
    @Test
    default void anActionIsInProgressAtFirstAndItsDropletIsLocked() {
        in(TestLab.settings().withActionMillis(300), lab -> {
            long id = lab.droplet("app-1");
            TestApiClient.ReceivedResponse begun =
                    lab.api.post("/v2/droplets/" + id + "/actions", "{'type':'power_off'}");
            assertThat(begun.status()).isEqualTo(201);
            assertThat(begun.json().at("/action/status").asText()).isEqualTo("in-progress");
            assertThat(begun.json().at("/action/completed_at").isNull()).isTrue();
            assertThat(begun.json().at("/action/resource_id").asLong()).isEqualTo(id);
            assertThat(begun.json().at("/action/resource_type").asText()).isEqualTo("droplet");
            assertThat(lab.look(id).path("locked").asBoolean()).isTrue();
        });
    }

    @Tag(API_ONLY)
    @Test
    default void refusesActionsAndDeletionDuringAnAction() {
        in(TestLab.settings().withActionMillis(300), lab -> {
            long id = lab.droplet("app-1");
            String path = "/v2/droplets/" + id;
            lab.api.post(path + "/actions", "{'type':'snapshot','name':'s'}");
            TestApiClient.ReceivedResponse second = lab.api.post(path + "/actions", "{'type':'power_off'}");
            assertThat(second.status()).isEqualTo(422);
            assertThat(second.message()).isEqualTo("Droplet already has a pending event.");
            assertThat(lab.api.delete(path).status()).isEqualTo(422);
            lab.awaitState(path, json -> !json.at("/droplet/locked").asBoolean(true));
            assertThat(lab.api.delete(path).status()).isEqualTo(204);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void aDropletIsRenamed() {
        in(lab -> {
            long id = lab.droplet("app-1");
            lab.act(id, "{'type':'rename','name':'app-one'}");
            assertThat(lab.look(id).path("name").asText()).isEqualTo("app-one");
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @ValueSource(strings = {"change_kernel", "enable_backups", "password_reset", "enable_ipv6", "dance"})
    default void whatTheLabCannotDoWithADropletItSays(String type) {
        in(lab -> {
            long id = lab.droplet("app-1");
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/droplets/" + id + "/actions", "{'type':'" + type + "'}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message())
                    .contains("has no droplet action " + type)
                    .contains("power_on");
            assertThat(lab.look(id).path("locked").asBoolean()).isFalse();
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"{}", "{'type':7}", "{'type':'rename'}", "{'type':'rename','name':'a_b'}", "{'type':'power_on'}"})
    default void aWrongActionHasNoEffect(String body) {
        in(lab -> {
            long id = lab.droplet("app-1");
            assertThat(lab.api.post("/v2/droplets/" + id + "/actions", body).status())
                    .isEqualTo(422);
            assertThat(lab.look(id).path("locked").asBoolean()).isFalse();
            assertThat(lab.api.get("/v2/actions").json().at("/meta/total").asInt())
                    .isEqualTo(1);
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @ValueSource(strings = {"power_off", "shutdown", "reboot", "power_cycle"})
    default void whatNeedsPowerIsRefusedWithoutIt(String type) {
        in(lab -> {
            long id = lab.droplet("app-1");
            lab.act(id, "{'type':'power_off'}");
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/droplets/" + id + "/actions", "{'type':'" + type + "'}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message()).isEqualTo("Droplet is already powered off.");
        });
    }

    @Tag(API_ONLY)
    @Test
    default void actionsAreListedNewestFirstForAllAndForOneDroplet() {
        in(lab -> {
            long one = lab.droplet("app-1");
            long two = lab.droplet("app-2");
            lab.act(one, "{'type':'power_off'}");
            JsonNode all = lab.api.get("/v2/actions").json();
            assertThat(all.path("actions").findValuesAsText("type")).containsExactly("power_off", "create", "create");
            JsonNode own = lab.api.get("/v2/droplets/" + two + "/actions").json();
            assertThat(own.path("actions").findValuesAsText("type")).containsExactly("create");
            long foreign = all.at("/actions/0/id").asLong();
            assertThat(lab.api
                            .get("/v2/droplets/" + two + "/actions/" + foreign)
                            .status())
                    .isEqualTo(404);
            assertThat(lab.api
                            .get("/v2/droplets/" + one + "/actions/" + foreign)
                            .status())
                    .isEqualTo(200);
            assertThat(lab.api.get("/v2/actions/1").status()).isEqualTo(404);
        });
    }

    @Test
    default void anActionOnAnUnknownDropletIsNotFound() {
        in(lab -> assertThat(lab.api
                        .post("/v2/droplets/1/actions", "{'type':'reboot'}")
                        .status())
                .isEqualTo(404));
    }
}
