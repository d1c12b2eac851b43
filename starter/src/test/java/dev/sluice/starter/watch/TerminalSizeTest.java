package dev.sluice.starter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.watch.TerminalSize.TerminalDimensions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalSizeTest {
    @ParameterizedTest
    @CsvSource({"40 100,40,100", "'24 80\n',24,80", "1 9999,1,9999"})
    void readsRowsAndColumns(String answer, int rows, int columns) {
        assertThat(TerminalSize.parse(answer)).isEqualTo(new TerminalDimensions(rows, columns));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40", "40 100 2", "0 80", "24 0", "a b", "-4 80", "24 12345", "stty: no terminal"})
    void assumesTheUsualSizeForAnyOtherAnswer(String answer) {
        assertThat(TerminalSize.parse(answer)).isEqualTo(new TerminalDimensions(24, 80));
    }

    @Test
    void remembersTheSizeForAMoment() {
        TerminalSize size = new TerminalSize();

        TerminalDimensions first = size.get();

        assertThat(first.rows()).isPositive();
        assertThat(first.columns()).isPositive();
        assertThat(size.get()).isSameAs(first);
    }
}
