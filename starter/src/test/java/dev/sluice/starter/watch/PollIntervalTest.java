package dev.sluice.starter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollIntervalTest {
    @Test
    void pollsLessOftenTheLongerNothingChanges() {
        assertThat(PollInterval.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(PollInterval.after(Duration.ofSeconds(7))).isEqualTo(Duration.ofMillis(700));
        assertThat(PollInterval.after(Duration.ofHours(9))).isEqualTo(Duration.ofSeconds(1));
    }
}
