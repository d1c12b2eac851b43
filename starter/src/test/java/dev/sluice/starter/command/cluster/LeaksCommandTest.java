package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaksCommandTest {
    private static final String ID = "leaks/hello";
    private static final Leak DROPLET = Leak.kept("droplet 7 (hello-app-zzzz)", "its run ended", "");

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private void finds(Leak... leaks) {
        server.offer(FindLeaks.class, () -> plan -> new LeakReport(List.of(leaks)));
    }

    @Test
    void onlySearchesWithoutFix() {
        finds();

        CliOutcome leaks = server.run("leaks");

        assertThat(leaks.code()).as(leaks.all()).isZero();
        assertThat(leaks.out().lines()).hasSize(1);
        assertThat(server.planOf(ID, LeakPlan.class))
                .isEqualTo(new LeakPlan(TestReports.file(), false, false, "ana", ""));
        assertThat(server.attributeOf(ID, "SluiceCluster")).contains("hello");
        assertThat(server.limitOf(ID)).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void listsLeaksAndTheCommandThatRemovesThem() {
        finds(DROPLET);

        CliOutcome leaks = server.run("leaks");

        assertThat(leaks.code()).isEqualTo(8);
        assertThat(leaks.out()).contains("✘ droplet 7 (hello-app-zzzz)", "its run ended", "sluice leaks --fix");
    }

    @Test
    void removesWithFixAlsoWhatAnUnknownOwnerLeft() {
        finds(Leak.removed("droplet 7 (hello-app-zzzz)", "its run ended", "destroyed"));

        CliOutcome leaks = server.run("leaks", "--fix", "--unknown-owner", "--reason", "the old namespace is gone");

        assertThat(leaks.code()).isZero();
        assertThat(leaks.out()).contains("✔ droplet 7", "destroyed");
        assertThat(server.planOf(ID, LeakPlan.class))
                .isEqualTo(new LeakPlan(TestReports.file(), true, true, "ana", "the old namespace is gone"));
    }

    @Test
    void reportsALeakThatFixCouldNotRemove() {
        finds(DROPLET, Leak.removed("tag run:1", "its run ended", "deleted"));

        CliOutcome leaks = server.run("leaks", "--fix");

        assertThat(leaks.code()).isEqualTo(8);
        assertThat(leaks.out())
                .contains("✘ droplet 7", "✔ tag run:1", "1 leak ")
                .doesNotContain("--fix");
    }

    @Test
    void printsEachLeakAsJson() {
        finds(DROPLET, Leak.forPerson("record www A 198.18.0.19", "no node has it", "198.18.0.19"));

        CliOutcome leaks = server.run("leaks", "--output", "json");

        assertThat(leaks.code()).isEqualTo(8);
        JsonNode found = leaks.json().path("leaks");
        assertThat(found.size()).isEqualTo(2);
        assertThat(found.path(0).path("what").asText()).isEqualTo("droplet 7 (hello-app-zzzz)");
        assertThat(found.path(0).path("why").asText()).isEqualTo("its run ended");
        assertThat(found.path(0).path("removed").asBoolean(true)).isFalse();
        assertThat(found.path(1).path("forPerson").asBoolean()).isTrue();
        assertThat(found.path(1).path("says").asText()).isEqualTo("198.18.0.19");
    }

    @Test
    void refusesASecondSearchOfTheSameCluster() {
        server.start(FindLeaks.class, ID, "any");

        CliOutcome leaks = server.run("leaks");

        assertThat(leaks.code()).isEqualTo(5);
        assertThat(leaks.err()).contains(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--unknown-owner", "--unknown-owner --fix", "--unknown-owner --reason gone", "--fix now"})
    void rejectsIncompleteOptions(String options) {
        CliOutcome leaks = server.run(("leaks " + options).split(" "));

        assertThat(leaks.code()).isEqualTo(2);
        assertThat(server.knowsNo(ID)).isTrue();
    }
}
