package dev.sluice.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.model.report.FailureType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresPageTest {
    @Test
    void pageHasTheRowOfEveryFailureType() {
        List<List<String>> rows = DocumentPage.of("failures.md").rows().stream()
                .map(row -> List.of(row.get(0), row.get(2), row.get(3), row.get(4)))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(FailureType.values())
                        .map(FailuresPageTest::row)
                        .toList());
    }

    private static List<String> row(FailureType type) {
        return List.of(
                "`%s`".formatted(type.name()),
                type.isRetryable() ? "yes" : "no",
                Integer.toString(type.exitCode()),
                type.advice());
    }
}
