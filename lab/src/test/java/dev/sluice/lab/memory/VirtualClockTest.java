package dev.sluice.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final VirtualClock clock = new VirtualClock(START);

    @Test
    void standsStillUntilItIsAdvanced() {
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(300));
        assertThat(clock.millis()).isEqualTo(START.plusSeconds(300).toEpochMilli());
    }

    @Test
    void neverGoesBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
                .hasMessage("Time cannot go back, but the step is PT-0.001S");
        assertThat(clock.instant()).isEqualTo(START);
    }
}
