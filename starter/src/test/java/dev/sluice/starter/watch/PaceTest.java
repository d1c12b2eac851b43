package dev.sluice.starter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void looksLessOftenTheLongerNothingChanges() {
        assertThat(Pace.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(Pace.after(Duration.ofSeconds(7))).isEqualTo(Duration.ofMillis(700));
        assertThat(Pace.after(Duration.ofHours(9))).isEqualTo(Duration.ofSeconds(1));
    }
}
