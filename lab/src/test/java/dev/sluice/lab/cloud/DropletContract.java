package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Droplets are created, found and removed as at DigitalOcean. */
interface DropletContract extends LabContract {
    @Test
    default void aNewDropletIsLockedUntilItIsActiveWithTwoAddresses() {
        in(lab -> {
            TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", TestLab.order("app-1"));
            JsonNode first = created.json().path("droplet");
            assertThat(created.status()).isEqualTo(202);
            assertThat(first.path("status").asText()).isEqualTo("new");
            assertThat(first.path("locked").asBoolean()).isTrue();
            assertThat(first.path("networks").path("v4").size()).isZero();
            assertThat(first.has("next_backup_window")).isTrue();

            JsonNode ready = lab.look(lab.ready(created));
            assertThat(ready.at("/networks/v4").findValuesAsText("type")).containsExactly("private", "public");
            assertThat(ready.at("/networks/v4").findValuesAsText("ip_address"))
                    .containsExactly("10.77.0.2", "198.18.0.2");
            assertThat(ready.at("/networks/v4").findValuesAsText("netmask")).containsOnly("255.255.0.0");
            assertThat(ready.at("/networks/v4").findValuesAsText("gateway")).containsExactly("10.77.0.1", "198.18.0.1");
        });
    }

    @Test
    default void linksTheCreateActionWithAnIdAboveTwoToThe31() {
        in(lab -> {
            TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", TestLab.order("app-1"));
            JsonNode link = created.json().at("/links/actions/0");
            assertThat(link.path("id").asLong()).isEqualTo(3_169_590_175L);
            assertThat(link.path("rel").asText()).isEqualTo("create");
            assertThat(link.path("href").asText()).isEqualTo(lab.server.url() + "/v2/actions/3169590175");
            lab.ready(created);
            JsonNode action = lab.api.get("/v2/actions/3169590175").json().path("action");
            assertThat(action.path("status").asText()).isEqualTo("completed");
            assertThat(action.path("completed_at").isNull()).isFalse();
            assertThat(action.at("/region/slug").asText()).isEqualTo("fra1");
        });
    }

    @Test
    default void createsADropletWithItsLinkForEachName() {
        in(lab -> {
            TestApiClient.ReceivedResponse created = lab.api.post(
                    "/v2/droplets",
                    "{'names':['a-1','a-2','a-3'],'region':'fra1','size':'s-1vcpu-1gb','image':'debian-12-x64'}");
            assertThat(created.status()).isEqualTo(202);
            assertThat(created.json().path("droplets").findValuesAsText("locked"))
                    .hasSize(3);
            assertThat(created.json().at("/links/actions")).hasSize(3);
            lab.awaitState(
                    "/v2/droplets",
                    json -> List.of("active", "active", "active").equals(statuses(json.path("droplets"))));
        });
    }

    @Test
    default void reusesAnAddressOnlyAfterTheOthers() {
        in(lab -> {
            long first = lab.droplet("a-1");
            lab.droplet("a-2");
            assertThat(lab.api.delete("/v2/droplets/" + first).status()).isEqualTo(204);
            lab.awaitState(
                    "/v2/actions",
                    json -> json.at("/actions/0/type").asText().equals("destroy")
                            && json.at("/actions/0/status").asText().equals("completed"));
            assertThat(lab.look(lab.droplet("a-3"))
                            .at("/networks/v4/0/ip_address")
                            .asText())
                    .isEqualTo("10.77.0.4");
            assertThat(lab.look(lab.droplet("a-4"))
                            .at("/networks/v4/0/ip_address")
                            .asText())
                    .isEqualTo("10.77.0.5");
        });
    }

    @Test
    default void aDropletIsFoundByNameInAnyCaseAndByTag() {
        in(lab -> {
            String tagged = TestLab.order("App-1").replace("}", ",'tags':['sluice','run:1']}");
            lab.ready(lab.api.post("/v2/droplets", tagged));
            lab.droplet("app-10");
            assertThat(total(lab, "/v2/droplets?name=app-1")).isEqualTo(1);
            assertThat(total(lab, "/v2/droplets?name=app")).isZero();
            assertThat(total(lab, "/v2/droplets?tag_name=run:1")).isEqualTo(1);
            assertThat(total(lab, "/v2/droplets?tag_name=nobody")).isZero();
            assertThat(lab.api.get("/v2/droplets?name=app-1&tag_name=sluice").status())
                    .isEqualTo(422);
        });
    }

    @Test
    default void namesAreNotUnique() {
        in(lab -> {
            lab.droplet("twin");
            lab.droplet("twin");
            assertThat(total(lab, "/v2/droplets?name=twin")).isEqualTo(2);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void aDropletIsListedBeforeItsTagsInASlowCloud() {
        in(TestLab.settings().withTagMillis(3_000), lab -> {
            String tagged = TestLab.order("app-1").replace("}", ",'tags':['sluice']}");
            lab.api.post("/v2/droplets", tagged);
            assertThat(total(lab, "/v2/droplets?tag_name=sluice")).isZero();
            lab.awaitState(
                    "/v2/droplets?tag_name=sluice",
                    json -> json.at("/meta/total").asInt() == 1);
        });
    }

    @Test
    default void aSecondDeletionOfADropletIsNotFound() {
        in(lab -> {
            long id = lab.droplet("app-1");
            assertThat(lab.api.delete("/v2/droplets/" + id).status()).isEqualTo(204);
            assertThat(lab.api.get("/v2/droplets/" + id).status()).isEqualTo(404);
            assertThat(lab.api.delete("/v2/droplets/" + id).status()).isEqualTo(404);
            assertThat(total(lab, "/v2/droplets")).isZero();
        });
    }

    @Test
    default void allDropletsOfATagAreDeletedTogether() {
        in(lab -> {
            lab.ready(lab.api.post("/v2/droplets", TestLab.order("a-1").replace("}", ",'tags':['old']}")));
            lab.droplet("a-2");
            assertThat(lab.api.delete("/v2/droplets?tag_name=old").status()).isEqualTo(204);
            assertThat(lab.api.get("/v2/droplets").json().at("/droplets/0/name").asText())
                    .isEqualTo("a-2");
            assertThat(total(lab, "/v2/droplets")).isEqualTo(1);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void refusesToDeleteADropletInCreation() {
        in(TestLab.settings().withActionMillis(5_000), lab -> {
            TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", TestLab.order("app-1"));
            String path = "/v2/droplets/" + created.json().at("/droplet/id").asLong();
            TestApiClient.ReceivedResponse refused = lab.api.delete(path);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message()).contains("pending event");
            assertThat(lab.api.get(path).status()).isEqualTo(200);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void enforcesTheDropletLimit() {
        in(TestLab.settings().withDropletLimit(1), lab -> {
            lab.droplet("app-1");
            TestApiClient.ReceivedResponse refused = lab.api.post("/v2/droplets", TestLab.order("app-2"));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message()).isEqualTo("creating this/these droplet(s) will exceed your droplet limit");
            assertThat(lab.api
                            .get("/v2/account")
                            .json()
                            .at("/account/droplet_limit")
                            .asInt())
                    .isEqualTo(1);
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'s-1vcpu-1gb'|'s-9vcpu-9gb'|invalid size",
                "'s-1vcpu-1gb'|7|invalid size",
                "'fra1'|'mars1'|invalid region",
                "'debian-12-x64'|'debian-1-x64'|invalid image",
                "'debian-12-x64'|199999999|invalid image",
                "'debian-12-x64'|{}|invalid image",
                "'app-1'|'app_1'|hostname",
                "'app-1'|'app 1'|hostname",
                "'app-1'|''|blank",
                "'app-1'|7|blank",
                "'name':'app-1'|'names':[]|blank",
                "'name':'app-1'|'names':'app-1'|list",
                "}|,'ssh_keys':[4711]}|invalid key identifiers",
                "}|,'ssh_keys':['0a:0b']}|invalid key identifiers",
                "}|,'ssh_keys':{}}|list",
                "}|,'tags':['not this']}|Tag name",
                "}|,'vpc_uuid':'6a1b8d3e-0000-4000-8000-000000000000'}|VPC",
                "}|,'user_data':7}|text",
                "}|,'ipv6':true}|IPv6",
                "}|,'volumes':['a']}|volumes",
                "}|,'backups':true}|backups",
                "}|,'public_networking':false}|public address",
                "'fra1','size':'s-1vcpu-1gb'|'ams3','size':'s-8vcpu-16gb'|not available in this region",
            },
            quoteCharacter = '"')
    default void aWrongOrderIsRefusedAndLeavesNothingBehind(String right, String wrong, String says) {
        in(lab -> {
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/droplets", TestLab.order("app-1").replace(right, wrong));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("id").asText()).isEqualTo("unprocessable_entity");
            assertThat(refused.message()).contains(says);
            assertThat(total(lab, "/v2/droplets")).isZero();
            assertThat(total(lab, "/v2/actions")).isZero();
            assertThat(total(lab, "/v2/tags")).isZero();
        });
    }

    @Tag(API_ONLY)
    @Test
    default void limitsUserDataTo64Kibibytes() {
        in(lab -> {
            String most = TestLab.order("app-1").replace("}", ",'user_data':'" + "ü".repeat(32 * 1024) + "'}");
            String more = TestLab.order("app-2").replace("}", ",'user_data':'" + "ü".repeat(32 * 1024) + "x'}");
            assertThat(lab.api.post("/v2/droplets", most).status()).isEqualTo(202);
            assertThat(lab.api.post("/v2/droplets", more).status()).isEqualTo(422);
        });
    }

    @Test
    default void aDropletIsInTheDefaultVpcOfItsRegionByDefault() {
        in(lab -> {
            JsonNode vpcs = lab.api.get("/v2/vpcs").json().path("vpcs");
            String vpc = lab.look(lab.droplet("app-1")).path("vpc_uuid").asText();
            assertThat(vpcs).anySatisfy(node -> {
                assertThat(node.path("id").asText()).isEqualTo(vpc);
                assertThat(node.path("default").asBoolean()).isTrue();
                assertThat(node.path("region").asText()).isEqualTo("fra1");
            });
        });
    }

    @Test
    default void listsNoKernelsBackupsAndNeighbors() {
        in(lab -> {
            String path = "/v2/droplets/" + lab.droplet("app-1") + "/";
            for (String what : List.of("kernels", "backups", "neighbors", "firewalls", "snapshots")) {
                assertThat(lab.api.get(path + what).status()).as(what).isEqualTo(200);
                assertThat(lab.api.get("/v2/droplets/540099999/" + what).status())
                        .isEqualTo(404);
            }
        });
    }

    @Tag(API_ONLY)
    @Test
    default void anUnknownDropletIsNotFound() {
        in(lab -> {
            assertThat(lab.api.get("/v2/droplets/1").status()).isEqualTo(404);
            assertThat(lab.api.get("/v2/droplets/none").status()).isEqualTo(404);
            assertThat(lab.api.get("/v2/droplets/99999999999999999999").status())
                    .isEqualTo(404);
            lab.pass(Duration.ofSeconds(1));
        });
    }

    private static int total(TestLab lab, String path) {
        return lab.api.get(path).json().at("/meta/total").asInt(-1);
    }

    private static List<String> statuses(JsonNode droplets) {
        return StreamSupport.stream(droplets.spliterator(), false)
                .map(droplet -> droplet.path("status").asText())
                .toList();
    }
}
