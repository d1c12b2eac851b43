package dev.sluice.activities.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogRedactionTest {
    private static final int MEGABYTE = 1 << 20;

    /** A pattern that looked at each character once more for each earlier one took two hours for the first of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token ",
                "token=",
                "token=\"",
                "token='x ",
                "-----BEGIN ",
                "-----BEGIN A ",
                "-----BEGIN PRIVATE KEY-----",
                "-----END A ",
                "A ",
                "bearer ",
                "bearer  aaaaaaaa",
                "://a:",
                "://a:b",
                "a:b@",
                "do_v1_",
                "dop_v1_",
                "-",
                " ",
                "password \t"
            })
    void aMegabyteTakesNoLongerThanItsLength(String part) {
        String text = part.repeat(MEGABYTE / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> LogRedaction.redact(text));
    }

    /** A group that repeats costs Java's engine a frame of the stack for each of its words. */
    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN ", "-----END "})
    void aHeadWithAHundredThousandWordsIsNoKeyAndEndsNoWorker(String head) {
        String text = head + "A ".repeat(100_000);

        assertThat(LogRedaction.redact(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cmd: token=abc|cmd: token=[redacted]",
                "my-token-2 = abc def|my-token-2 = [redacted] def",
                "\"api_key\": \"a b\", \"next\": 1|\"api_key\": [redacted], \"next\": 1",
                "Authorization: Bearer abcdefgh|Authorization: [redacted]",
                "sent bearer abcdefgh twice|sent bearer [redacted] twice",
                "a token is a word|a token is a word",
                "tokenised text: fine|tokenised text: fine",
                "rest==\\n-----END OPENSSH PRIVATE KEY----- after|[redacted] after",
            })
    void redactsTheValueAndNothingElse(String text, String kept) {
        assertThat(LogRedaction.redact(text.replace("\\n", "\n"))).isEqualTo(kept);
    }
}
