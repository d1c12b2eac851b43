package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.dns.DnsZones;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Declared faults strike their targets as often as declared, and are counted. */
interface FaultContract extends LabContract {
    @Test
    default void aCreationWithALostAnswerTakesEffect() {
        in(lab -> {
            long fault = plan(lab, "{'name':'create-answer-lost'}");
            assertThatThrownBy(() -> lab.api.post("/v2/droplets", TestLab.order("app-1")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(total(lab, "/v2/droplets?name=app-1")).isEqualTo(1);
            assertThat(fired(lab, fault)).isEqualTo(1);
            assertThat(lab.api.post("/v2/droplets", TestLab.order("app-2")).status())
                    .isEqualTo(202);
            assertThat(fired(lab, fault)).isEqualTo(1);
        });
    }

    @Test
    default void aLateCreationTakesEffectSecondsAfterTheConnectionEnds() {
        in(lab -> {
            plan(lab, "{'name':'create-answer-late','seconds':5}");
            assertThatThrownBy(() -> lab.api.post("/v2/droplets", TestLab.order("app-1")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(total(lab, "/v2/droplets")).isZero();
            lab.pass(Duration.ofSeconds(3));
            assertThat(total(lab, "/v2/droplets")).isZero();
            lab.pass(Duration.ofSeconds(2));
            lab.awaitState(
                    "/v2/droplets?name=app-1", json -> json.at("/meta/total").asInt() == 1);
        });
    }

    @Test
    default void tooManyRequestsHasNoEffectAndStatesWhenToRetry() {
        in(lab -> {
            plan(lab, "{'name':'too-many-requests','operation':'POST /v2/droplets','seconds':7}");
            assertThat(lab.api.get("/v2/droplets").status()).isEqualTo(200);
            TestApiClient.ReceivedResponse refused = lab.api.post("/v2/droplets", TestLab.order("app-1"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("7");
            assertThat(refused.header("ratelimit-remaining")).isEqualTo("0");
            assertThat(total(lab, "/v2/droplets")).isZero();
        });
    }

    @Test
    default void errorBeforeHasNoEffectAndErrorAfterHasOne() {
        in(lab -> {
            plan(lab, "{'name':'error-before','operation':'POST /v2/tags'}");
            assertThat(lab.api.post("/v2/tags", "{'name':'x'}").status()).isEqualTo(503);
            assertThat(total(lab, "/v2/tags")).isZero();
            plan(lab, "{'name':'error-after','operation':'POST /v2/tags'}");
            assertThat(lab.api.post("/v2/tags", "{'name':'x'}").status()).isEqualTo(503);
            assertThat(total(lab, "/v2/tags")).isEqualTo(1);
        });
    }

    @Test
    default void anyOperationWithALostAnswerTakesEffect() {
        in(lab -> {
            plan(lab, "{'name':'answer-lost','operation':'POST /v2/tags'}");
            assertThatThrownBy(() -> lab.api.post("/v2/tags", "{'name':'x'}")).isInstanceOf(UncheckedIOException.class);
            assertThat(total(lab, "/v2/tags")).isEqualTo(1);
        });
    }

    @Test
    default void aFailedDeletionKeepsOnlyTheNamedDroplet() {
        in(lab -> {
            long one = lab.droplet("app-1");
            long two = lab.droplet("app-2");
            long fault = plan(lab, "{'name':'delete-fails','droplet':'app-1','times':2}");
            assertThat(lab.api.delete("/v2/droplets/" + two).status()).isEqualTo(204);
            assertThat(lab.api.delete("/v2/droplets/" + one).status()).isEqualTo(503);
            assertThat(lab.api.delete("/v2/droplets/" + one).status()).isEqualTo(503);
            assertThat(lab.api.get("/v2/droplets/" + one).status()).isEqualTo(200);
            assertThat(fired(lab, fault)).isEqualTo(2);
            assertThat(lab.api.delete("/v2/droplets/" + one).status()).isEqualTo(204);
        });
    }

    @Test
    default void aSlowDeletionIsAcceptedAtOnce() {
        in(lab -> {
            long droplet = lab.droplet("app-1");
            plan(lab, "{'name':'delete-takes-minutes','seconds':5}");
            assertThat(lab.api.delete("/v2/droplets/" + droplet).status()).isEqualTo(204);
            assertThat(lab.api.get("/v2/droplets/" + droplet).status()).isEqualTo(200);
            lab.pass(Duration.ofSeconds(5));
            lab.awaitState(
                    "/v2/droplets?name=app-1", json -> json.at("/meta/total").asInt() == 0);
        });
    }

    @Test
    default void aDuplicateCreationMakesTwoDropletsOfOneName() {
        in(lab -> {
            plan(lab, "{'name':'duplicate-create'}");
            assertThat(lab.api.post("/v2/droplets", TestLab.order("app-1")).status())
                    .isEqualTo(202);
            assertThat(total(lab, "/v2/droplets?name=app-1")).isEqualTo(2);
        });
    }

    @Test
    default void aMissingSnapshotIsAnInvalidImage() {
        in(lab -> {
            plan(lab, "{'name':'snapshot-gone'}");
            TestApiClient.ReceivedResponse refused = lab.api.post("/v2/droplets", TestLab.order("app-1"));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().path("message").asText()).contains("invalid image");
            assertThat(total(lab, "/v2/droplets")).isZero();
        });
    }

    @Test
    default void aStaleNameServerServesNewRecordsLater() {
        in(lab -> {
            lab.api.post("/v2/domains", "{'name':'hello.example'}");
            plan(lab, "{'name':'dns-answers-old','seconds':5}");
            lab.api.post("/v2/domains/hello.example/records", "{'type':'A','name':'www','data':'198.18.0.9','ttl':30}");
            assertThat(total(lab, "/v2/domains/hello.example/records?type=A")).isEqualTo(1);
            assertThat(addresses(lab)).isEmpty();
            lab.pass(Duration.ofSeconds(5));
            lab.awaitState("/v2/account", json -> !addresses(lab).isEmpty());
        });
    }

    private static List<String> addresses(TestLab lab) {
        return lab.cloud.records("hello.example").stream()
                .filter(entry -> entry.type().equals("A"))
                .map(DnsZones.ZoneRecord::data)
                .toList();
    }

    @Test
    default void aFaultStrikesItsTimesFromItsNthMatch() {
        in(lab -> {
            long fault = plan(lab, "{'name':'error-before','operation':'GET','nth':2,'times':2}");
            int[] statuses = new int[4];
            for (int i = 0; i < 4; i++) {
                statuses[i] = lab.api.get("/v2/account").status();
            }
            assertThat(statuses).containsExactly(200, 503, 503, 200);
            assertThat(fired(lab, fault)).isEqualTo(2);
        });
    }

    @Test
    default void aRemovedFaultStopsStriking() {
        in(lab -> {
            long fault = plan(lab, "{'name':'error-before','times':0}");
            assertThat(lab.api.get("/v2/account").status()).isEqualTo(503);
            assertThat(lab.api.delete("/lab/faults/" + fault).status()).isEqualTo(204);
            assertThat(lab.api.get("/v2/account").status()).isEqualTo(200);
            assertThat(lab.api.delete("/lab/faults/" + fault).status()).isEqualTo(404);
            assertThat(lab.api.get("/lab/faults").json().path("faults")).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{",
                "[]",
                "{'name':'flood'}",
                "{'name':'off','operation':'GET'}",
                "{'name':'off','nth':0}",
                "{'name':'off','nth':'x'}",
                "{'name':'error-before','times':-1}",
                "{'name':'error-before','operation':'POST /v2/dreams'}"
            })
    default void aFaultThatIsNoneIsRefused(String body) {
        in(lab -> {
            assertThat(lab.api.post("/lab/faults", body).status()).isBetween(400, 422);
            assertThat(lab.api.get("/lab/faults").json().path("faults")).isEmpty();
        });
    }

    @Test
    default void theJournalHasEveryRequestWithItsStatus() {
        in(lab -> {
            lab.api.get("/v2/droplets?name=app-1");
            plan(lab, "{'name':'create-answer-lost'}");
            assertThatThrownBy(() -> lab.api.post("/v2/droplets", TestLab.order("app-1")))
                    .isInstanceOf(UncheckedIOException.class);
            lab.api.get("/v2/nowhere");
            JsonNode requests = lab.api.get("/lab/journal").json().path("requests");
            assertThat(requests.findValuesAsText("path"))
                    .containsExactly("/v2/droplets?name=app-1", "/v2/droplets", "/v2/nowhere");
            assertThat(requests.findValuesAsText("method")).containsExactly("GET", "POST", "GET");
            assertThat(requests.findValuesAsText("status")).containsExactly("200", "0", "404");
            assertThat(requests.findValuesAsText("at")).allMatch(at -> at.matches("[0-9T:.-]+Z"));
        });
    }

    private static long plan(TestLab lab, String body) {
        TestApiClient.ReceivedResponse planned = lab.api.post("/lab/faults", body);
        assertThat(planned.status()).isEqualTo(201);
        return planned.json().at("/fault/id").asLong();
    }

    private static int fired(TestLab lab, long fault) {
        for (JsonNode planned : lab.api.get("/lab/faults").json().path("faults")) {
            if (planned.path("id").asLong() == fault) {
                return planned.path("fired").asInt();
            }
        }
        throw new AssertionError("There is no fault %d.".formatted(fault));
    }

    private static int total(TestLab lab, String path) {
        return lab.api.get(path).json().at("/meta/total").asInt(-1);
    }
}
