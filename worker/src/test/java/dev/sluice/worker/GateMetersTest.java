package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Prometheus sees of the gate. */
class GateMetersTest {
    @Test
    void countsEachCheckByStatus() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        GateMeters meters = new GateMeters(registry);

        meters.accept(verdict(CheckStatus.OK));
        meters.accept(verdict(CheckStatus.CRITICAL));
        meters.accept(verdict(CheckStatus.CRITICAL));

        assertThat(count(registry, "ok")).isEqualTo(1);
        assertThat(count(registry, "critical")).isEqualTo(2);
    }

    private static Verdict verdict(CheckStatus status) {
        return new Verdict(List.of(new CheckResult("disk", status, "as it is")), Map.of());
    }

    private static double count(SimpleMeterRegistry registry, String status) {
        return registry.get("sluice.gate.checks")
                .tags("check", "disk", "status", status)
                .counter()
                .count();
    }
}
