package dev.sluice.starter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliRunner;
import dev.sluice.starter.text.StepText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CleanWriterTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(new CleanWriter(written));

    private String print(String text) {
        out.print(text);
        out.flush();
        return written.toString();
    }

    @Test
    void noCharacterThatControlsATerminalPasses() {
        String all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(StepText::isHidden)
                .mapToObj(Character::toString)
                .collect(Collectors.joining("a", "a", "a"));

        assertThat(print(all).codePoints().filter(point -> point != '\n' && point != '\t' && StepText.isHidden(point)))
                .isEmpty();
    }

    @Test
    void textOfEveryScriptPassesAlsoInHalves() {
        String text = "⋯ Grüße 你好 😀\n";
        text.chars().forEach(out::write);

        assertThat(print("")).isEqualTo(text);
    }

    @Test
    void aCommandPrintsNoEscapeOfItsArgument() {
        CliRunner.CliOutcome outcome = new CliRunner(environment -> {
                    throw new AssertionError("Temporal was asked");
                })
                .run("eject", "\u001b[2J\u009b31m\u202e", "--reason", "x");

        assertThat(outcome.all()).doesNotContain("\u001b", "\u009b", "\u202e");
    }
}
