package dev.sluice.starter.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationParserTest {
    @ParameterizedTest
    @CsvSource({"1500ms,PT1.5S", "2s,PT2S", "5m,PT5M", "1h,PT1H", "7d,PT168H", "0s,PT0S", "999999999d,PT23999999976H"})
    void readsEachUnit(String text, Duration expected) {
        assertThat(DurationParser.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "s", "2 s", "-2s", "1.5h", "2H", "2w", "1h30m", "1000000000s", "PT2S"})
    void findsNoDurationInOtherTexts(String text) {
        assertThat(DurationParser.parse(text)).isEmpty();
    }
}
