package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.api.ApiOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for every request: tokens, rate limits, pages, errors. */
interface ProtocolContract extends LabContract {
    @Test
    default void refusesAnUnknownTokenWithAWellFormedError() {
        in(lab -> {
            for (String token : List.of("", "wrong")) {
                TestApiClient.ReceivedResponse refused = lab.api.with(token).get("/v2/account");
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.json().path("id").asText()).isEqualTo("unauthorized");
                assertForm(refused);
            }
            assertThat(lab.api.with("wrong").post("/v2/tags", "{'name':'x'}").status())
                    .isEqualTo(401);
            assertThat(lab.api.get("/v2/tags").json().at("/meta/total").asInt()).isZero();
        });
    }

    @Test
    default void theReadOnlyTokenReadsButDoesNotWrite() {
        in(lab -> {
            TestApiClient reader = lab.api.with(TestLab.settings().readOnlyToken());
            assertThat(reader.get("/v2/account").status()).isEqualTo(200);
            TestApiClient.ReceivedResponse refused = reader.post("/v2/tags", "{'name':'x'}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("id").asText()).isEqualTo("forbidden");
            assertThat(reader.delete("/v2/droplets/1").status()).isEqualTo(403);
            assertThat(lab.api.get("/v2/tags").json().at("/meta/total").asInt()).isZero();
        });
    }

    @Test
    default void everyAnswerHasARequestIdAndCountsDown() {
        in(TestLab.settings().withRequests(5000, 250, 10), lab -> {
            TestApiClient.ReceivedResponse first = lab.api.get("/v2/account");
            TestApiClient.ReceivedResponse second = lab.api.get("/v2/nowhere");
            assertThat(first.header("x-request-id")).matches("[0-9a-f-]{36}");
            assertForm(second);
            assertThat(first.header("ratelimit-limit")).isEqualTo("5000");
            assertThat(first.header("ratelimit-remaining")).isEqualTo("4999");
            assertThat(second.header("ratelimit-remaining")).isEqualTo("4998");
            assertThat(first.header("ratelimit-reset")).matches("[0-9]{10}");
        });
    }

    @Test
    default void refusesABurstAndStatesWhenToRetry() {
        in(TestLab.settings().withRequests(5000, 3, 10), lab -> {
            for (int i = 0; i < 3; i++) {
                assertThat(lab.api.get("/v2/account").status()).isEqualTo(200);
            }
            TestApiClient.ReceivedResponse refused = lab.api.get("/v2/account");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().path("id").asText()).isEqualTo("too_many_requests");
            assertThat(refused.header("ratelimit-remaining")).isEqualTo("0");
            assertForm(refused);
            int seconds = Integer.parseInt(refused.header("retry-after"));
            assertThat(seconds).isBetween(1, 60);
            lab.pass(Duration.ofSeconds(seconds));
            assertThat(lab.api.get("/v2/account").status()).isEqualTo(200);
        });
    }

    @Test
    default void theHourlyLimitStatesNoTimeToRetry() {
        in(TestLab.settings().withRequests(2, 250, 10), lab -> {
            lab.api.get("/v2/account");
            lab.api.get("/v2/account");
            TestApiClient.ReceivedResponse refused = lab.api.get("/v2/account");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEmpty();
        });
    }

    @Test
    default void listsHavePagesThatLinkToEachOtherAndCountAll() {
        in(lab -> {
            for (int i = 10; i < 35; i++) {
                lab.api.post("/v2/tags", "{'name':'t" + i + "'}");
            }
            JsonNode first = lab.api.get("/v2/tags?per_page=10").json();
            assertThat(first.path("tags")).hasSize(10);
            assertThat(first.at("/meta/total").asInt()).isEqualTo(25);
            assertThat(names(first.at("/links/pages"))).containsExactlyInAnyOrder("next", "last");
            assertThat(first.at("/links/pages/last").asText())
                    .startsWith(lab.server.url())
                    .contains("page=3", "per_page=10");
            JsonNode second = lab.api.get("/v2/tags?per_page=10&page=2").json();
            assertThat(names(second.at("/links/pages"))).containsExactlyInAnyOrder("first", "prev", "next", "last");
            assertThat(second.at("/tags/0/name").asText()).isEqualTo("t20");
            JsonNode third = lab.api.get("/v2/tags?per_page=10&page=3").json();
            assertThat(third.path("tags")).hasSize(5);
            assertThat(names(third.at("/links/pages"))).containsExactlyInAnyOrder("first", "prev");
        });
    }

    @Test
    default void aPageHas20ItemsByDefaultAndAtMost200() {
        in(lab -> {
            for (int i = 10; i < 35; i++) {
                lab.api.post("/v2/tags", "{'name':'t" + i + "'}");
            }
            assertThat(lab.api.get("/v2/tags").json().path("tags")).hasSize(20);
            JsonNode all = lab.api.get("/v2/tags?page=1&per_page=200").json();
            assertThat(all.path("tags")).hasSize(25);
            assertThat(all.path("links").path("pages").isMissingNode()).isTrue();
            TestApiClient.ReceivedResponse behind = lab.api.get("/v2/tags?page=9");
            assertThat(behind.status()).isEqualTo(200);
            assertThat(behind.json().path("tags")).isEmpty();
            assertThat(behind.json().at("/meta/total").asInt()).isEqualTo(25);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"per_page=201", "per_page=0", "per_page=-1", "per_page=x", "page=0", "page=99999999999"})
    default void aWrongPageIsRefused(String query) {
        in(lab -> assertThat(lab.api.get("/v2/droplets?" + query).status()).isEqualTo(422));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "]",
                "[]",
                "7",
                "null",
                "'x'",
                "{'name':",
                "{'name':{'name':[]}}",
                "{'names':{'a':1}}",
                "{'type':[],'name':[],'data':{},'resources':{},'public_key':[],'size':{},'tags':{}}",
                "{'name':9999999999999999999999,'ttl':1e99,'type':true,'resources':[[[]]],'tags':[[1]],'image':-1}"
            })
    default void garbageIsNeverTheServersFault(String body) {
        in(lab -> {
            long droplet = lab.droplet("app-1");
            lab.api.post("/v2/domains", "{'name':'hello.example'}");
            lab.api.post("/v2/tags", "{'name':'x'}");
            for (ApiOperation operation : lab.cloud.operations()) {
                if (operation.isReadOnly() || operation.method().equals("DELETE")) {
                    continue;
                }
                String path = operation
                        .template()
                        .replace("{droplet}", Long.toString(droplet))
                        .replace("{domain}", "hello.example")
                        .replace("{tag}", "x")
                        .replaceAll("\\{[a-z]+}", "1");
                TestApiClient.ReceivedResponse answer = lab.api.send(operation.method(), path, body);
                assertThat(answer.status()).as(operation.title()).isBetween(400, 499);
                assertForm(answer);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v2/droplets?name=%zz", "/v2/nowhere", "/v2/", "/", "/v2/droplets/", "/v2/droplets/1/nowhere"})
    default void anAddressThatIsNoneIsTheClientsFault(String path) {
        in(lab -> assertThat(RawRequest.status(lab, path)).isBetween(400, 499));
    }

    @Test
    default void accountRegionsAndSizesAreLikeDigitalOceans() {
        in(lab -> {
            assertThat(lab.api.get("/v2/account").json().at("/account/status").asText())
                    .isEqualTo("active");
            assertThat(lab.api.get("/v2/regions").json().at("/regions").findValuesAsText("slug"))
                    .containsExactly("ams3", "fra1", "nyc3");
            JsonNode sizes = lab.api.get("/v2/sizes").json().path("sizes");
            assertThat(sizes.get(0).path("slug").asText()).isEqualTo("s-1vcpu-512mb-10gb");
            assertThat(sizes.get(0).path("transfer").asDouble()).isEqualTo(0.5);
            assertThat(lab.api.get("/v2/firewalls").json().at("/meta/total").asInt(-1))
                    .isZero();
        });
    }

    private static void assertForm(TestApiClient.ReceivedResponse refused) {
        assertThat(refused.json().path("id").asText()).isNotEmpty();
        assertThat(refused.message()).isNotEmpty();
        assertThat(refused.json().path("request_id").asText()).isEqualTo(refused.header("x-request-id"));
        for (String header : List.of("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")) {
            assertThat(refused.header(header)).as(header).matches("[0-9]+");
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
