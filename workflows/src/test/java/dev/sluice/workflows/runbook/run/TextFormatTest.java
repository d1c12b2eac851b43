package dev.sluice.workflows.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    @Test
    void deadlineHasSecondsAndItsZone() {
        assertThat(TextFormat.format(Instant.parse("2026-11-22T18:00:12.650311397Z")))
                .isEqualTo("2026-11-22 18:00:12 UTC");
        assertThat(TextFormat.format(Instant.parse("2026-11-22T18:00:00Z"))).isEqualTo("2026-11-22 18:00:00 UTC");
    }
}
