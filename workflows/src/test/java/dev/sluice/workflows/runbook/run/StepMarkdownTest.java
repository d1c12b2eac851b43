package dev.sluice.workflows.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepMarkdownTest {
    private static final Instant START = Instant.parse("2026-11-22T14:30:52Z");

    @Test
    void listsFinishedAndRunningSteps() {
        StepReport done = new StepReport(
                Step.CLONE, StepReport.StepState.DONE, START, Optional.of(START.plusMillis(1100)), "droplet 523441190");
        StepReport now = new StepReport(
                Step.SANITY_GATE,
                StepReport.StepState.RUNNING,
                START,
                Optional.empty(),
                "inspection 2, times out at 14:33:10");

        assertThat(StepMarkdown.render(List.of(done, now)))
                .isEqualTo("- **done** clone, 1.1 s: droplet 523441190\n"
                        + "- **now** sanity gate: inspection 2, times out at 14:33:10");
    }

    @Test
    void escapesHtmlAndMarkdown() {
        assertThat(StepMarkdown.escape("<img src=x onerror=alert(1)> & co"))
                .isEqualTo("&lt;img src=x onerror=alert(1)&gt; &amp; co");
        assertThat(StepMarkdown.escape("![a](b) `c` **d** _e_ # f | g ~h~ \\i"))
                .isEqualTo("\\!\\[a\\](b) \\`c\\` \\*\\*d\\*\\* \\_e\\_ \\# f \\| g \\~h\\~ \\\\i");
    }

    @Test
    void keepsAStepInOneLine() {
        assertThat(StepMarkdown.escape("one\n- **two**\r\n\tthree")).isEqualTo("one - \\*\\*two\\*\\* three");
    }
}
