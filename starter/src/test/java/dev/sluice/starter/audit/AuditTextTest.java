package dev.sluice.starter.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.audit.AuditCheck.CheckState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuditTextTest {
    private static RunAudit audit(CheckState... states) {
        return new RunAudit(
                "node/hello/hello-app-k3f9@a5cb12",
                Stream.of(states)
                        .map(state -> new AuditCheck("the check of " + state, state, "seen\u001b[31m twice"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"KEPT,✔,0", "DOES_NOT_APPLY,–,0", "BROKEN,✘,8", "UNKNOWN,?,8"})
    void marksEachStateAndExitsWithEightUnlessItHolds(CheckState state, String mark, int code) {
        RunAudit audit = audit(state);

        assertThat(AuditText.lines(List.of(audit)))
                .startsWith(
                        "node/hello/hello-app-k3f9@a5cb12",
                        "  %s the check of %s".formatted(mark, state),
                        "      seen [31m twice");
        assertThat(AuditText.exitCode(List.of(audit))).isEqualTo(code);
        assertThat(audit.hasBroken()).isEqualTo(state == CheckState.BROKEN);
        assertThat(audit.hasUnknown()).isEqualTo(state == CheckState.UNKNOWN);
    }

    @Test
    void countsOverAllRuns() {
        List<RunAudit> audits = List.of(
                audit(CheckState.KEPT, CheckState.KEPT, CheckState.BROKEN),
                audit(CheckState.KEPT, CheckState.UNKNOWN, CheckState.DOES_NOT_APPLY));

        assertThat(AuditText.lines(audits).get(AuditText.lines(audits).size() - 1))
                .contains("3 kept", "1 broken", "1 unknown", "sluice leaks");
        assertThat(AuditText.exitCode(audits)).isEqualTo(8);
    }

    @Test
    void namesNoCommandIfNothingIsBroken() {
        List<RunAudit> audits = List.of(audit(CheckState.KEPT));

        assertThat(String.join("\n", AuditText.lines(audits))).doesNotContain("sluice leaks");
    }
}
