package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Firewalls: the machines' filters match the API. */
interface FirewallContract extends LabContract {
    String SSH_FROM_PROXIES =
            "{'name':'apps','inbound_rules':[{'protocol':'tcp','ports':'22','sources':{'tags':['proxy']}}],"
                    + "'tags':['app']}";

    @Test
    default void onlyTaggedDropletsReachTheFirewalledOne() {
        in(lab -> {
            long proxy = lab.droplet("proxy-1");
            long app = tagged(lab, "app-1", "app");
            lab.api.post("/v2/tags", "{'name':'proxy'}");
            String address = lab.address(app);
            assertThat(lab.reaches(proxy, address)).as("without a firewall").isTrue();
            assertThat(lab.reaches(app, lab.address(proxy))).isTrue();

            String path = "/v2/firewalls/" + create(lab, SSH_FROM_PROXIES);
            succeeded(lab, path);
            assertThat(lab.reaches(proxy, address)).as("without the tag").isFalse();

            attach(lab, "proxy", proxy);
            succeeded(lab, path);
            assertThat(lab.reaches(proxy, address)).as("with the tag").isTrue();
            assertThat(lab.reaches(app, lab.address(proxy)))
                    .as("outwards, where no rule is")
                    .isFalse();

            assertThat(lab.api.delete(path).status()).isEqualTo(204);
            lab.awaitState("/v2/account", json -> lab.reaches(app, lab.address(proxy)));
        });
    }

    @Test
    default void aChangedRuleIsInForceOnceTheFirewallSucceeded() {
        in(lab -> {
            long one = lab.droplet("one");
            long two = lab.droplet("two");
            String from = "'sources':{'droplet_ids':[" + one + "]}";
            String path = "/v2/firewalls/"
                    + create(
                            lab,
                            "{'name':'fw','inbound_rules':[{'protocol':'udp','ports':'0'," + from + "}],'droplet_ids':["
                                    + two + "]}");
            succeeded(lab, path);
            assertThat(lab.reaches(one, lab.address(two))).isFalse();
            String rule = "{'inbound_rules':[{'protocol':'tcp','ports':'20-30'," + from + "}]}";
            assertThat(lab.api.post(path + "/rules", rule).status()).isEqualTo(204);
            succeeded(lab, path);
            assertThat(lab.reaches(one, lab.address(two))).isTrue();
            assertThat(lab.api.delete(path + "/rules", rule).status()).isEqualTo(204);
            succeeded(lab, path);
            assertThat(lab.reaches(one, lab.address(two))).isFalse();
        });
    }

    @Test
    default void aFirewallIsWaitingUntilItsMachinesEnforceIt() {
        in(TestLab.settings().withActionMillis(300), lab -> {
            long app = tagged(lab, "app-1", "app");
            lab.api.post("/v2/tags", "{'name':'proxy'}");
            String path = "/v2/firewalls/" + create(lab, SSH_FROM_PROXIES);
            JsonNode waiting = lab.api.get(path).json().path("firewall");
            assertThat(waiting.path("status").asText()).isEqualTo("waiting");
            assertThat(waiting.at("/pending_changes/0/droplet_id").asLong()).isEqualTo(app);
            assertThat(waiting.at("/pending_changes/0/removing").asBoolean(true))
                    .isFalse();
            succeeded(lab, path);
            JsonNode own = lab.api.get("/v2/droplets/" + app + "/firewalls").json();
            assertThat(own.at("/firewalls/0/name").asText()).isEqualTo("apps");
        });
    }

    @Tag(API_ONLY)
    @Test
    default void addsAndRemovesDropletsAndTagsAndPutReplacesAll() {
        in(lab -> {
            long one = lab.droplet("one");
            lab.api.post("/v2/tags", "{'name':'proxy'}");
            lab.api.post("/v2/tags", "{'name':'app'}");
            String path = "/v2/firewalls/" + create(lab, SSH_FROM_PROXIES);
            assertThat(lab.api
                            .post(path + "/droplets", "{'droplet_ids':[" + one + "]}")
                            .status())
                    .isEqualTo(204);
            assertThat(lab.api.post(path + "/tags", "{'tags':['proxy']}").status())
                    .isEqualTo(204);
            JsonNode both = lab.api.get(path).json().path("firewall");
            assertThat(both.at("/droplet_ids/0").asLong()).isEqualTo(one);
            assertThat(both.path("tags").toString()).isEqualTo("[\"app\",\"proxy\"]");
            assertThat(lab.api
                            .delete(path + "/droplets", "{'droplet_ids':[" + one + "]}")
                            .status())
                    .isEqualTo(204);
            assertThat(lab.api.delete(path + "/tags", "{'tags':['app']}").status())
                    .isEqualTo(204);
            JsonNode less = lab.api.get(path).json().path("firewall");
            assertThat(less.path("droplet_ids")).isEmpty();
            assertThat(less.path("tags").toString()).isEqualTo("[\"proxy\"]");

            String other =
                    "{'name':'other','outbound_rules':[{'protocol':'icmp','ports':'0','destinations':{'addresses':['0.0.0.0/0','::/0']}}]}";
            JsonNode replaced = lab.api.put(path, other).json().path("firewall");
            assertThat(replaced.path("name").asText()).isEqualTo("other");
            assertThat(replaced.path("inbound_rules")).isEmpty();
            assertThat(replaced.path("tags")).isEmpty();
            assertThat(replaced.at("/outbound_rules/0/ports").asText()).isEqualTo("0");
            lab.api.delete("/v2/tags/proxy");
            assertThat(lab.total("/v2/firewalls")).isEqualTo(1);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void aFirewallForgetsDeletedTagsAndDroplets() {
        in(lab -> {
            long app = tagged(lab, "app-1", "app");
            lab.api.post("/v2/tags", "{'name':'proxy'}");
            String order = SSH_FROM_PROXIES.replace("'tags':['app']", "'tags':['app'],'droplet_ids':[" + app + "]");
            String path = "/v2/firewalls/" + create(lab, order);
            succeeded(lab, path);
            lab.api.delete("/v2/tags/app");
            lab.api.delete("/v2/droplets/" + app);
            JsonNode left = lab.api.get(path).json().path("firewall");
            assertThat(left.path("tags")).isEmpty();
            assertThat(left.path("droplet_ids")).isEmpty();
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'apps'|'-apps'|422",
                "'apps'|'a'|422",
                "'name':'apps',||422",
                "'tcp'|'gre'|422",
                "'22'|'70000'|422",
                "'22'|'9-3'|422",
                "'22'|''|422",
                "'sources'|'destinations'|422",
                "'tags':['proxy']|'addresses':['10.77.0.300']|422",
                "'tags':['proxy']|'tags':['nobody']|422",
                "'tags':['proxy']|'load_balancer_uids':['4de7ac8b-495b-4884-9a69-1050c6793cd6']|422",
                "'tags':['proxy']||422",
                "'tags':['app']|'tags':['nobody']|422",
                "'tags':['app']|'droplet_ids':[1]|422",
                "'apps'|'taken'|409"
            })
    default void aWrongFirewallIsRefusedAndLeavesNothingBehind(String right, String wrong, int status) {
        in(lab -> {
            lab.api.post("/v2/tags", "{'name':'proxy'}");
            lab.api.post("/v2/tags", "{'name':'app'}");
            create(lab, SSH_FROM_PROXIES.replace("apps", "taken"));
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/firewalls", SSH_FROM_PROXIES.replace(right, wrong == null ? "" : wrong));
            assertThat(refused.status()).as(refused.message()).isEqualTo(status);
            assertThat(lab.total("/v2/firewalls")).isEqualTo(1);
            assertThat(lab.api
                            .get("/v2/firewalls/4de7ac8b-495b-4884-9a69-1050c6793cd6")
                            .status())
                    .isEqualTo(404);
        });
    }

    @Tag(API_ONLY)
    @Test
    default void aFirewallHasAtMostFiveTagsAndFiftyRules() {
        in(lab -> {
            lab.api.post("/v2/tags", "{'name':'proxy'}");
            for (int tag = 1; tag <= 6; tag++) {
                lab.api.post("/v2/tags", "{'name':'t" + tag + "'}");
            }
            String six = SSH_FROM_PROXIES.replace("['app']", "['t1','t2','t3','t4','t5','t6']");
            assertThat(lab.api.post("/v2/firewalls", six).message()).contains("at most 5 tags");
            String rules = IntStream.rangeClosed(1, 51)
                    .mapToObj(port -> "{'protocol':'tcp','ports':'" + port + "','sources':{'tags':['proxy']}}")
                    .collect(Collectors.joining(","));
            assertThat(lab.api
                            .post("/v2/firewalls", "{'name':'many','inbound_rules':[" + rules + "]}")
                            .message())
                    .contains("at most 50 rules");
        });
    }

    private static long tagged(TestLab lab, String name, String tag) {
        return lab.ready(lab.api.post("/v2/droplets", TestLab.order(name).replace("}", ",'tags':['" + tag + "']}")));
    }

    private static void attach(TestLab lab, String tag, long droplet) {
        lab.api.post(
                "/v2/tags/" + tag + "/resources",
                "{'resources':[{'resource_id':'" + droplet + "','resource_type':'droplet'}]}");
    }

    private static String create(TestLab lab, String body) {
        TestApiClient.ReceivedResponse created = lab.api.post("/v2/firewalls", body);
        assertThat(created.status()).as(created.message()).isEqualTo(202);
        return created.json().at("/firewall/id").asText();
    }

    private static void succeeded(TestLab lab, String path) {
        lab.awaitState(path, json -> json.at("/firewall/status").asText().equals("succeeded"));
    }
}
