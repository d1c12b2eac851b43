package dev.sluice.starter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonProgressTest {
    private static final Run RUN = new Run("change/hello/app", "01a20498-ca7e-73d8-9af5-3c5606efa5cb");

    private final StringWriter out = new StringWriter();
    private final JsonProgress progress = new JsonProgress(new PrintWriter(out), TestReports.CLOCK, RUN);

    private List<JsonNode> events() throws IOException {
        progress.end();
        List<JsonNode> events = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            events.add(new ObjectMapper().readTree(line));
        }
        return events;
    }

    private static RunView done() {
        return RunView.of(TestReports.change(
                TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE),
                RunOutcome.DONE,
                Optional.empty(),
                "",
                TestReports.done(TestReports.NODE)));
    }

    private static RunView checking(int attempt) {
        ChangeReport checking = TestReports.checking(TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));
        return RunView.of(checking)
                .withRetries(part -> Optional.of(
                        new PendingRetry(attempt, Optional.of(TestReports.START), "measured 429, expected 200")));
    }

    @Test
    void printsOneEventForEachStep() throws IOException {
        progress.show(done());
        progress.show(done());

        assertThat(events())
                .extracting(event -> event.path("step").asText())
                .containsExactly("check plan", "clone", "update DNS", "probation");
    }

    @Test
    void printsAllKeysOfAStep() throws IOException {
        progress.show(done());

        JsonNode clone = events().get(1);

        assertThat(clone.fieldNames())
                .toIterable()
                .containsExactly("at", "run", "runId", "node", "step", "state", "started", "ended", "says");
        assertThat(clone.path("at").asText()).isEqualTo("2026-11-22T14:31:07Z");
        assertThat(clone.path("run").asText()).isEqualTo(RUN.id());
        assertThat(clone.path("runId").asText()).isEqualTo(RUN.runId());
        assertThat(clone.path("node").asText()).isEqualTo("hello-app-k3f9");
        assertThat(clone.path("state").asText()).isEqualTo("DONE");
        assertThat(clone.path("started").asText()).isEqualTo("2026-11-22T14:30:52Z");
        assertThat(clone.path("ended").asText()).isEqualTo("2026-11-22T14:30:53.100Z");
        assertThat(clone.path("says").asText()).isEqualTo("droplet 523441190, 10.77.0.14");
    }

    @Test
    void printsAStepAgainWhenItsStateChanges() throws IOException {
        progress.show(RunView.of(TestReports.checking(TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE))));
        progress.show(done());

        assertThat(events())
                .filteredOn(event -> event.path("step").asText().equals("check plan"))
                .extracting(event -> event.path("state").asText())
                .containsExactly("RUNNING", "DONE");
    }

    @Test
    void printsEachTryOfAStepOnce() throws IOException {
        progress.show(checking(2));
        progress.show(checking(2));
        progress.show(checking(3));

        List<JsonNode> tries =
                events().stream().filter(event -> event.has("attempt")).toList();

        assertThat(tries).extracting(event -> event.path("attempt").asInt()).containsExactly(2, 3);
        assertThat(tries.get(0).fieldNames())
                .toIterable()
                .containsExactly("at", "run", "runId", "node", "step", "attempt", "next", "says");
        assertThat(tries.get(0).path("step").asText()).isEqualTo("check plan");
        assertThat(tries.get(0).path("next").asText()).isEqualTo("2026-11-22T14:30:52Z");
        assertThat(tries.get(0).path("says").asText()).isEqualTo("measured 429, expected 200");
    }

    @Test
    void printsANoteOnce() throws IOException {
        progress.note("no worker");
        progress.note("no worker");

        assertThat(events()).singleElement().satisfies(note -> {
            assertThat(note.path("note").asText()).isEqualTo("no worker");
            assertThat(note.path("run").asText()).isEqualTo(RUN.id());
        });
    }
}
