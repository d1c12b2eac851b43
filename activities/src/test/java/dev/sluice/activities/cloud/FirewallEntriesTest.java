package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.sluice.activities.cloud.CannedServer.Canned;
import dev.sluice.workflows.activity.CloudActivities.Tagged;
import dev.sluice.workflows.model.NodeRef;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the account's firewalls name of ours, against the lab over HTTP. */
class FirewallEntriesTest {
    private static final NodeRef APP = LabCase.node("hello-app-1", "run-1");

    private LabCase lab;

    @BeforeEach
    void open() throws IOException {
        lab = new LabCase();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private long app() {
        return lab.steps
                .awaitDroplet(LabCase.order(APP, 1), lab.steps.createBase(LabCase.base(APP)))
                .droplet()
                .value();
    }

    private void tag(String name) {
        lab.post("/v2/tags", "{\"name\":\"%s\"}".formatted(name));
    }

    private List<String> entries() {
        return lab.steps.listTagged().stream()
                .filter(thing ->
                        thing.kind() == Tagged.Kind.FIREWALL_RUN || thing.kind() == Tagged.Kind.FIREWALL_DROPLET)
                .map(thing -> "%s %s %s %s"
                        .formatted(
                                thing.kind(),
                                thing.name(),
                                thing.run().orElse(thing.id()),
                                thing.cluster().map(Object::toString).orElse("-")))
                .toList();
    }

    @Test
    void theTagsOfRunsThatAFirewallNamesAreListedAlsoThoseOfItsRules() {
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
    void aDropletThatIsGoneIsListedOnlyIfTheFirewallCarriesOurTags() {
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
    void itsOwnListAndTheListsOfItsRulesAreRead() {
        Firewall read = Firewall.read(JsonParser.parseString("""
                {"id": "4de7", "name": "web", "droplet_ids": [540000000001], "tags": ["sluice"], "inbound_rules": null,
                 "outbound_rules": [{"protocol": "icmp", "destinations": {"droplet_ids": [2], "tags": ["run:a"]}}]}""").getAsJsonObject());

        assertThat(read.droplets()).containsExactlyInAnyOrder(540000000001L, 2L);
        assertThat(read.tags()).containsExactlyInAnyOrder("sluice", "run:a");
    }

    @Test
    void oneRequestIsEnoughWhereTheyListOnlyOurNodes() {
        lab.firewall("web", "\"droplet_ids\":[%d],\"tags\":[\"sluice\"]".formatted(app()));
        long before = lab.cloud.requests();

        lab.steps.listTagged();

        assertThat(lab.cloud.requests() - before)
                .as("droplets, images, firewalls, tags")
                .isEqualTo(4);
    }

    @Test
    void aTagThatAFirewallNamesIsNotEmpty() {
        tag("config:0123456789abcdef");
        tag("run:gone");
        lab.firewall("left", "\"tags\":[\"config:0123456789abcdef\",\"run:gone\"]");

        assertThat(lab.steps.listTagged()).extracting(Tagged::kind).containsExactly(Tagged.Kind.FIREWALL_RUN);
    }

    @Test
    void aTokenThatMaySeeNoFirewallsIsAFindingAndABrokenAnswerAFailure() throws IOException {
        try (CannedServer server = new CannedServer();
                DigitalOceanCloud cloud = DigitalOceanCloud.open(
                        new CloudSettings(server.address(), () -> "secret"), Clock.systemUTC())) {
            server.answers(Canned.of(403, "{\"id\":\"Forbidden\",\"message\":\"You are not authorized\"}"));
            assertThat(FirewallEntries.of(cloud).tagged(List.of()))
                    .singleElement()
                    .satisfies(unread -> {
                        assertThat(unread.kind()).isEqualTo(Tagged.Kind.FIREWALLS_UNREAD);
                        assertThat(unread.name()).contains("You are not authorized");
                    });

            server.answers(Canned.of(200, "{\"firewalls\":7}"));
            assertThatThrownBy(() -> FirewallEntries.of(cloud)).isInstanceOf(CloudFailure.class);
        }
    }
}
