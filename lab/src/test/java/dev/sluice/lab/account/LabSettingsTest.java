package dev.sluice.lab.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabSettingsTest {
    @Test
    void theDefaultsAreDigitalOceansOwnLimits() {
        assertThat(LabSettings.of("tok"))
                .isEqualTo(new LabSettings(
                        "tok", "tok-read-only", 25, new VisibilityDelays(150, 0, 0, 0, 0), 30, 5000, 250, 10));
    }

    @Test
    void eachSettingCanBeChangedAlone() {
        LabSettings changed = LabSettings.of("tok")
                .withDropletLimit(1)
                .withActionMillis(2)
                .withTagMillis(3)
                .withShutdownSeconds(4)
                .withRequests(5, 6, 7);
        assertThat(changed)
                .isEqualTo(new LabSettings("tok", "tok-read-only", 1, new VisibilityDelays(2, 3, 0, 0, 0), 4, 5, 6, 7));
    }

    @Test
    void rejectsInvalidSettings() {
        LabSettings settings = LabSettings.of("tok");
        assertThatThrownBy(() -> LabSettings.of(" ")).hasMessageContaining("token");
        assertThatThrownBy(() -> new LabSettings("a", "a", 25, VisibilityDelays.USUAL, 30, 5000, 250, 10))
                .hasMessageContaining("token");
        assertThatThrownBy(() -> settings.withDropletLimit(-1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> settings.withActionMillis(-1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> settings.withTagMillis(-1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> settings.withShutdownSeconds(0)).hasMessageContaining("negative");
        assertThatThrownBy(() -> settings.withRequests(0, 1, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> settings.withRequests(1, 0, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> settings.withRequests(1, 1, 0)).hasMessageContaining("at least 1");
    }

    @Test
    void rejectsAnUnknownNameOfDelays() {
        assertThat(VisibilityDelays.named("")).isEqualTo(VisibilityDelays.USUAL);
        assertThat(VisibilityDelays.named("Harsh")).isEqualTo(VisibilityDelays.HARSH);
        assertThat(VisibilityDelays.named("instant")).isEqualTo(VisibilityDelays.INSTANT);
        assertThatThrownBy(() -> VisibilityDelays.named("cruel"))
                .hasMessage("SLUICE_LAB_DELAYS is \"cruel\", but must be instant, usual or harsh.");
        assertThatThrownBy(() -> new VisibilityDelays(0, 0, -1, 0, 0)).hasMessageContaining("negative");
    }

    @Test
    void theEnvironmentSetsTheDelaysAndTheHourlyLimit() {
        assertThat(LabSettings.of("tok", Map.of())).isEqualTo(LabSettings.of("tok"));
        assertThat(LabSettings.of("tok", Map.of("SLUICE_LAB_DELAYS", "harsh", "SLUICE_LAB_REQUESTS_PER_HOUR", "50000")))
                .isEqualTo(new LabSettings("tok", "tok-read-only", 25, VisibilityDelays.HARSH, 30, 50_000, 250, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "5000/h", "5_000", "10000000000"})
    void anHourOfNoRequestsIsRefused(String wrong) {
        assertThatThrownBy(() -> LabSettings.of("tok", Map.of("SLUICE_LAB_REQUESTS_PER_HOUR", wrong)))
                .hasMessage("SLUICE_LAB_REQUESTS_PER_HOUR is \"" + wrong
                        + "\", but must be a number of requests from 1 to 999999999.");
    }
}
