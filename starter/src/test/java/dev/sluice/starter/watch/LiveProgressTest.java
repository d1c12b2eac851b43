package dev.sluice.starter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.RunOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LiveProgressTest {
    private final StringWriter screen = new StringWriter();

    @Test
    void noLineIsWiderThanTheTerminalAndNoWordIsLost() {
        LiveProgress progress = progress(40, 40);

        progress.show(view());
        progress.note("one two three four five six seven eight nine ten eleven twelve");
        progress.end();

        assertThat(screen.toString().split("[\\r\\n]+|\u001b\\[\\d*[AJ]")).allMatch(line -> line.length() < 40);
        assertThat(screen.toString().replaceAll("\\s+", " "))
                .contains("one two three four five six seven eight nine ten eleven twelve");
    }

    @Test
    void drawsOnlyWhatCanBeDrawnAgainAndAllOfItAtTheEnd() {
        LiveProgress progress = progress(8, 100);

        progress.show(view());
        assertThat(screen.toString().lines()).hasSizeLessThanOrEqualTo(6);
        progress.end();

        assertThat(screen.toString()).contains("\u001b[6A", "✔ check plan", "✔ probation");
    }

    @Test
    void nothingIsDrawnTwiceWithoutAChange() {
        LiveProgress progress = progress(40, 100);

        progress.show(view());
        int once = screen.toString().length();
        progress.show(view());

        assertThat(screen.toString()).hasSize(once);
    }

    @Test
    void anythingButTwoNumbersIsTheUsualSize() {
        assertThat(TerminalSize.parse("40 100\n")).isEqualTo(new TerminalSize.TerminalDimensions(40, 100));
        assertThat(TerminalSize.parse("0 0\n")).isEqualTo(new TerminalSize.TerminalDimensions(24, 80));
        assertThat(TerminalSize.parse("")).isEqualTo(new TerminalSize.TerminalDimensions(24, 80));
    }

    private static RunView view() {
        return RunView.of(TestReports.change(
                TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE),
                RunOutcome.DONE,
                Optional.empty(),
                "",
                TestReports.done(TestReports.NODE)));
    }

    private LiveProgress progress(int rows, int columns) {
        return new LiveProgress(
                new PrintWriter(screen),
                TestReports.CLOCK,
                false,
                () -> new TerminalSize.TerminalDimensions(rows, columns));
    }
}
