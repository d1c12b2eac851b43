package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.PendingRetry;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import dev.sluice.workflows.model.report.StepReport.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepTextTest {
    private static final CheckResult CLOSING = new CheckResult("packages", CheckStatus.CRITICAL, "apache2 2.4.62");

    private static List<StepText.StepLine> lines(Step step, StepState state, Optional<PendingRetry> retry) {
        Optional<Instant> ended = state == StepState.RUNNING ? Optional.empty() : Optional.of(START.plusMillis(1100));
        return StepText.lines(
                "key",
                new StepReport(step, state, START, ended, "measured\u001b[31m 5"),
                List.of(CLOSING),
                retry,
                START.plusSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,⋯,20 s,false",
        "WAITING,⏸,'',true",
        "DONE,✔,1.1 s,true",
        "NOT_NEEDED,✔,–,true",
        "FAILED,✘,1.1 s,true",
        "TAKEN_BACK,↩,1.1 s,true",
        "NOT_TAKEN_BACK,✘,1.1 s,true"
    })
    void marksAndTimesEachState(StepState state, String mark, String time, boolean settled) {
        StepText.StepLine line = lines(Step.CLONE, state, Optional.empty()).get(0);

        assertThat(line.text()).isEqualTo("%s clone             %6s   measured [31m 5".formatted(mark, time));
        assertThat(line.state()).isEqualTo(state);
        assertThat(line.settled()).isEqualTo(settled);
        assertThat(StepText.mark(state)).isEqualTo(mark);
    }

    @Test
    void listsTheChecksThatClosedTheGate() {
        List<StepText.StepLine> lines = lines(Step.SANITY_GATE, StepState.FAILED, Optional.empty());

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).text()).isEqualTo("    packages      apache2 2.4.62");
        assertThat(lines.get(1).settled()).isTrue();
        assertThat(lines(Step.SANITY_GATE, StepState.DONE, Optional.empty())).hasSize(1);
        assertThat(lines(Step.CLONE, StepState.FAILED, Optional.empty())).hasSize(1);
    }

    @Test
    void replacesTheFactsByTheRetry() {
        PendingRetry retry = new PendingRetry(2, Optional.of(START.plusSeconds(28)), "wait for 8 s");

        StepText.StepLine line =
                lines(Step.CLONE, StepState.RUNNING, Optional.of(retry)).get(0);

        assertThat(line.text()).endsWith("try 2 in 8.0 s: wait for 8 s").doesNotContain("measured");
        assertThat(line.settled()).isTrue();
    }

    @Test
    void keepsTheKeyWhileOnlyNumbersChange() {
        assertThat(key("wait for 8 s")).isEqualTo(key("wait for 16 s")).isNotEqualTo(key("connection refused"));
        assertThat(lines(Step.CLONE, StepState.RUNNING, Optional.empty()).get(0).key())
                .isNotEqualTo(lines(Step.CLONE, StepState.DONE, Optional.empty())
                        .get(0)
                        .key());
    }

    private static String key(String why) {
        return lines(Step.CLONE, StepState.RUNNING, Optional.of(new PendingRetry(2, Optional.empty(), why)))
                .get(0)
                .key();
    }

    @Test
    void countsDownToTheNextTryUntilItBegins() {
        assertThat(retrying(Optional.of(START.plusSeconds(61)))).endsWith("try 4 in 41 s: refused");
        assertThat(retrying(Optional.of(START))).endsWith("try 4: refused");
        assertThat(retrying(Optional.empty())).endsWith("try 4: refused");
    }

    /** Twenty seconds after the start. */
    private static String retrying(Optional<Instant> next) {
        return lines(Step.CLONE, StepState.RUNNING, Optional.of(new PendingRetry(4, next, "refused\r\n")))
                .get(0)
                .text();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"a\u0007b,a b", " a ,a", "ü – ✔,ü – ✔"})
    void removesControlCharacters(String text, String clean) {
        assertThat(StepText.clean(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"it failed,it failed.", "it failed.,it failed.", "why?,why?", "no!,no!", "'',''"})
    void endsASentenceOnce(String sentence, String expected) {
        assertThat(SentenceFormat.withFullStop(sentence)).isEqualTo(expected);
    }

    @Test
    void removesAPrefixOnlyAtTheBeginning() {
        assertThat(SentenceFormat.withoutPrefix("Refused: ", "Refused: 2 of 3")).isEqualTo("2 of 3");
        assertThat(SentenceFormat.withoutPrefix("Refused: ", "It was Refused: 2"))
                .isEqualTo("It was Refused: 2");
    }
}
