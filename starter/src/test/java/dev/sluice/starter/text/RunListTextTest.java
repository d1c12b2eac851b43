package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunListTextTest {
    private static RunState run(String id, String status, Duration before, String phase, boolean stuck) {
        return new RunState(
                new Run(id, "01a20498-ca7e-73d8-9af5-3c5606efa5cb"),
                "ChangeRole",
                status,
                START.minus(before),
                status.equals("running")
                        ? Optional.empty()
                        : Optional.of(START.minus(before).plusSeconds(41)),
                Optional.of("hello"),
                Optional.of("app"),
                Optional.empty(),
                phase.isEmpty() ? Optional.empty() : Optional.of(phase),
                stuck);
    }

    @Test
    void ordersOpenRunsFirstThenTheNewest() {
        RunState older = run("older", "completed", Duration.ofHours(2), "", false);
        RunState newer = run("newer", "failed", Duration.ofHours(1), "", false);
        RunState open = run("open", "running", Duration.ofHours(3), "", false);

        assertThat(RunListText.ordered(List.of(older, newer, open))).containsExactly(open, newer, older);
    }

    @Test
    void alignsIdsOfDifferentLengths() {
        List<String> lines = RunListText.lines(
                List.of(
                        run("change/hello/proxy", "running", Duration.ofSeconds(20), "sanity gate", false),
                        run("bake", "completed", Duration.ofHours(30), "snapshot", false)),
                CLOCK);

        assertThat(lines)
                .containsExactly(
                        "change/hello/proxy@efa5cb  ChangeRole    14:30      35 s  sanity gate",
                        "bake@efa5cb                ChangeRole    2026-11-21 08:30      41 s  completed");
    }

    @Test
    void showsTheStatusOfARunWithoutPhase() {
        assertThat(RunListText.lines(List.of(run("open", "running", Duration.ZERO, "", false)), CLOCK))
                .singleElement()
                .asString()
                .endsWith("running");
    }

    @Test
    void showsThatARunIsStuck() {
        assertThat(RunListText.lines(List.of(run("open", "running", Duration.ZERO, "clone", true)), CLOCK))
                .singleElement()
                .asString()
                .contains("stuck")
                .doesNotContain("clone");
    }

    @Test
    void printsNothingForNoRuns() {
        assertThat(RunListText.lines(List.of(), CLOCK)).isEmpty();
    }
}
