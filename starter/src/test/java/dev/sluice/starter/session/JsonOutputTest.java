package dev.sluice.starter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.report.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonOutputTest {
    /** One value of each kind that reports are made of. */
    private record Sample(
            Instant at, Duration every, Optional<String> none, Optional<Long> some, Role role, RunOutcome outcome) {}

    private static final Sample SAMPLE = new Sample(
            Instant.parse("2026-11-22T14:30:52Z"),
            Duration.ofMinutes(90),
            Optional.empty(),
            Optional.of(171L),
            Role.APP,
            RunOutcome.DONE);

    @Test
    void writesTimesAsTextAndAbsentValuesAsNull() {
        assertThat(JsonOutput.toLine(SAMPLE))
                .isEqualTo("{\"at\":\"2026-11-22T14:30:52Z\",\"every\":\"PT1H30M\",\"none\":null,\"some\":171,"
                        + "\"role\":\"app\",\"outcome\":\"DONE\"}");
    }

    @Test
    void writesOneKeyALineIfPretty() {
        assertThat(JsonOutput.pretty(SAMPLE).lines()).hasSize(8).contains("  \"some\" : 171,", "  \"role\" : \"app\",");
    }

    @Test
    void writesAWholeTemplate() {
        assertThat(JsonOutput.toLine(List.of(TestReports.template())))
                .startsWith("[{\"image\":171,\"name\":\"hello-app 2026-11-20\"")
                .contains("\"approval\":{\"by\":\"ana\"", "\"minimumDisk\":25", "\"regions\":[\"fra1\"]");
    }
}
