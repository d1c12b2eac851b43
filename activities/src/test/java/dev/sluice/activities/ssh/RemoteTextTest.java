package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RemoteTextTest {
    @Test
    void nothingThatControlsATerminalOrHidesIsLeft() {
        String all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                })
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(RemoteText.clean(all).replace("␦", "")).isEqualTo("\t\n");
    }

    @Test
    void ordinaryTextStays() {
        assertThat(RemoteText.clean("Grüße, 你好 😀 – „a\tb“\r\nnext")).isEqualTo("Grüße, 你好 😀 – „a\tb“\nnext");
    }

    @Test
    void aLineIsBoundedAndSaysHowMuchIsMissing() {
        assertThat(RemoteText.line("x".repeat(1 << 20))).hasSizeLessThan(1_100).endsWith("… (1047576 more characters)");
        assertThat(RemoteText.line("a\nb\tc")).isEqualTo("a b c");
    }
}
