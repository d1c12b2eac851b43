package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudFirewall;
import dev.sluice.activities.cloud.client.CannedServer;
import dev.sluice.activities.cloud.client.CannedServer.Canned;
import dev.sluice.activities.cloud.client.CloudSettings;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.model.node.NodeRef;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the account's firewalls name of ours, against the lab over HTTP. */
class FirewallReferencesTest {
    private static final NodeRef APP = LabFixture.node("hello-app-1", "run-1");

    private LabFixture lab;

    @BeforeEach
    void open() throws IOException {
        lab = new LabFixture();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private long app() {
        return lab.steps
                .awaitDroplet(LabFixture.order(APP, 1), lab.steps.createBase(LabFixture.base(APP)))
                .droplet()
                .value();
    }

    private void tag(String name) {
        lab.post("/v2/tags", "{\"name\":\"%s\"}".formatted(name));
    }

    private List<String> entries() {
        return lab.steps.listTagged().stream()
                .filter(thing -> thing.kind() == TaggedResource.TaggedKind.FIREWALL_RUN
                        || thing.kind() == TaggedResource.TaggedKind.FIREWALL_DROPLET)
                .map(thing -> "%s %s %s %s"
                        .formatted(
                                thing.kind(),
                                thing.name(),
                                thing.run().orElse(thing.id()),
                                thing.cluster().map(Object::toString).orElse("-")))
                .toList();
    }

    @Test
    void listsRunTagsOfTheFirewallAndItsRules() {
        app();
        tag("run:gone");
        tag("run:Not ours".replace(' ', '_'));
        lab.firewall("left", "\"tags\":[\"run:gone\",\"run:Not_ours\"]");
        lab.firewall(
                "web",
                "\"tags\":[\"cluster:hello\"],\"inbound_rules\":[{\"protocol\":\"tcp\",\"ports\":\"80\",\"sources\":{\"tags\":[\"run:run-1\"]}}]");

        assertThat(entries()).containsExactly("FIREWALL_RUN left gone -", "FIREWALL_RUN web run-1 hello");
    }

    @Test
    void listsADeletedDropletOnlyOfAFirewallWithSluiceTags() {
        long ours = app();
        long theirs = lab.foreign("other", "\"theirs\"");
        long gone = lab.foreign("leaves", "\"theirs\"");
        // The lab takes a droplet that goes off a firewall's own list, but not out of its rules.
        String members =
                "\"inbound_rules\":[{\"protocol\":\"tcp\",\"ports\":\"80\",\"sources\":{\"droplet_ids\":[%d,%d,%d]}}]"
                        .formatted(ours, theirs, gone);
        lab.firewall("web", members + ",\"tags\":[\"sluice\"]");
        lab.firewall("others", members + ",\"tags\":[\"theirs\"]");
        lab.firewall("bare", members);
        lab.cloud.delete(gone);
        lab.clock.advance(Duration.ofMinutes(5));

        assertThat(entries()).containsExactly("FIREWALL_DROPLET web %d -".formatted(gone));
    }

    @Test
    void readsTagsOfTheFirewallAndItsRules() {
        CloudFirewall read = CloudFirewall.read(JsonParser.parseString("""
                {"id": "4de7", "name": "web", "droplet_ids": [540000000001], "tags": ["sluice"], "inbound_rules": null,
                 "outbound_rules": [{"protocol": "icmp", "destinations": {"droplet_ids": [2], "tags": ["run:a"]}}]}""").getAsJsonObject());

        assertThat(read.droplets()).containsExactlyInAnyOrder(540000000001L, 2L);
        assertThat(read.tags()).containsExactlyInAnyOrder("sluice", "run:a");
    }

    @Test
    void needsOneRequestIfFirewallsListOnlyKnownNodes() {
        lab.firewall("web", "\"droplet_ids\":[%d],\"tags\":[\"sluice\"]".formatted(app()));
        long before = lab.cloud.requests();

        lab.steps.listTagged();

        assertThat(lab.cloud.requests() - before)
                .as("droplets, images, firewalls, tags")
                .isEqualTo(4);
    }

    @Test
    void tagInAFirewallIsNotEmpty() {
        tag("config:0123456789abcdef");
        tag("run:gone");
        lab.firewall("left", "\"tags\":[\"config:0123456789abcdef\",\"run:gone\"]");

        assertThat(lab.steps.listTagged())
                .extracting(TaggedResource::kind)
                .containsExactly(TaggedResource.TaggedKind.FIREWALL_RUN);
    }

    @Test
    void missingFirewallScopeIsAFinding() throws IOException {
        try (CannedServer server = new CannedServer();
                DigitalOceanApi cloud =
                        DigitalOceanApi.open(new CloudSettings(server.address(), () -> "secret"), Clock.systemUTC())) {
            server.answers(Canned.of(403, "{\"id\":\"Forbidden\",\"message\":\"You are not authorized\"}"));
            assertThat(FirewallReferences.read(cloud).tagged(List.of()))
                    .singleElement()
                    .satisfies(unread -> {
                        assertThat(unread.kind()).isEqualTo(TaggedResource.TaggedKind.FIREWALLS_UNREAD);
                        assertThat(unread.name()).contains("You are not authorized");
                    });

            server.answers(Canned.of(200, "{\"firewalls\":7}"));
            assertThatThrownBy(() -> FirewallReferences.read(cloud)).isInstanceOf(CloudApiException.class);
        }
    }
}
