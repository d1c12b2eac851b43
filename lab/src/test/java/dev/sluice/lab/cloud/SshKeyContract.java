package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SSH keys. */
interface SshKeyContract extends LabContract {
    /** A public key of ssh-keygen with its MD5 fingerprint from ssh-keygen -l -E md5. */
    String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISPYttDHtZvrqHqMQAsc+vA9v66qV40v97Qwyk5Dja3 someone@somewhere";

    String FINGERPRINT = "f2:c5:81:3d:59:7e:2d:43:e8:f4:ab:e7:7e:36:2a:3c";

    @Test
    default void findsRenamesAndDeletesAKeyByIdAndFingerprint() {
        in(lab -> {
            TestApiClient.ReceivedResponse created =
                    lab.api.post("/v2/account/keys", "{'name':'mine','public_key':'" + KEY + "'}");
            assertThat(created.status()).isEqualTo(201);
            JsonNode key = created.json().path("ssh_key");
            assertThat(key.path("fingerprint").asText()).isEqualTo(FINGERPRINT);
            String byId = "/v2/account/keys/" + key.path("id").asLong();
            assertThat(lab.api.get(byId).json().path("ssh_key")).isEqualTo(key);
            String byFingerprint = "/v2/account/keys/" + FINGERPRINT;
            assertThat(lab.api.get(byFingerprint).json().path("ssh_key")).isEqualTo(key);
            assertThat(lab.api
                            .put(byFingerprint, "{'name':'ours'}")
                            .json()
                            .at("/ssh_key/name")
                            .asText())
                    .isEqualTo("ours");
            assertThat(lab.api
                            .get("/v2/account/keys")
                            .json()
                            .at("/ssh_keys/0/name")
                            .asText())
                    .isEqualTo("ours");
            assertThat(lab.api.delete(byId).status()).isEqualTo(204);
            assertThat(lab.api.get(byId).status()).isEqualTo(404);
            assertThat(lab.api.delete(byFingerprint).status()).isEqualTo(404);
        });
    }

    @Test
    default void refusesADuplicateKey() {
        in(lab -> {
            lab.api.post("/v2/account/keys", "{'name':'mine','public_key':'" + KEY + "'}");
            TestApiClient.ReceivedResponse again =
                    lab.api.post("/v2/account/keys", "{'name':'other','public_key':'" + KEY + " too'}");
            assertThat(again.status()).isEqualTo(422);
            assertThat(again.message()).isEqualTo("SSH Key is already in use on your account");
            assertThat(lab.api.get("/v2/account/keys").json().at("/meta/total").asInt())
                    .isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "ssh-ed25519 AAAA", "ssh-ed25519", "", "ssh-rsa !!! me"})
    default void rubbishIsNoKey(String key) {
        in(lab -> {
            TestApiClient.ReceivedResponse refused =
                    lab.api.post("/v2/account/keys", "{'name':'mine','public_key':'" + key + "'}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(lab.api.get("/v2/account/keys").json().at("/meta/total").asInt())
                    .isZero();
        });
    }

    @Test
    default void createsADropletWithKeysByIdOrFingerprint() {
        in(lab -> {
            TestApiClient.ReceivedResponse key =
                    lab.api.post("/v2/account/keys", "{'name':'mine','public_key':'" + KEY + "'}");
            String id = key.json().at("/ssh_key/id").asText();
            String keys = ",'ssh_keys':[" + id + ",'" + FINGERPRINT + "']}";
            lab.ready(lab.api.post("/v2/droplets", TestLab.order("a-1").replace("}", keys)));
        });
    }

    @Test
    default void limitsTheListToTenRequestsAMinute() {
        in(TestLab.settings().withRequests(5000, 250, 10), lab -> {
            for (int i = 0; i < 10; i++) {
                assertThat(lab.api.get("/v2/account/keys").status()).isEqualTo(200);
            }
            TestApiClient.ReceivedResponse refused = lab.api.get("/v2/account/keys");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().path("id").asText()).isEqualTo("too_many_requests");
            assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
            assertThat(lab.api.get("/v2/account").status()).isEqualTo(200);
        });
    }

    @Test
    default void theListIsAvailableAgainAfterAMinute() {
        in(TestLab.settings().withRequests(5000, 250, 1), lab -> {
            assertThat(lab.api.get("/v2/account/keys").status()).isEqualTo(200);
            assertThat(lab.api.get("/v2/account/keys").status()).isEqualTo(429);
            lab.pass(Duration.ofSeconds(60));
            assertThat(lab.api.get("/v2/account/keys").status()).isEqualTo(200);
        });
    }
}
