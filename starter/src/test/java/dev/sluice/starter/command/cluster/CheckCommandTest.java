package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.fge.jackson.JsonLoader;
import com.github.fge.jsonschema.core.report.ProcessingReport;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.workflows.CheckCluster;
import dev.sluice.workflows.CheckCluster.CheckPlan;
import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.node.NodeName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckCommandTest {
    private static final Instant AT = Instant.parse("2026-12-01T12:00:00Z");

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private final List<CheckPlan> asked = new CopyOnWriteArrayList<>();

    private void finds(CheckStatus status) {
        server.offer(CheckCluster.class, () -> plan -> {
            asked.add(plan);
            return new CheckReport(
                    AT,
                    5,
                    List.of(new CheckFinding(
                            "hello-app-2mq8",
                            "ill",
                            status,
                            "through hello-proxy-a it answers 500 after 12 ms",
                            AT,
                            1)),
                    List.of(),
                    List.of(),
                    List.of("a note"));
        });
    }

    @ParameterizedTest
    @CsvSource({"WARN,0", "CRITICAL,8", "UNKNOWN,8"})
    void exitsWithEightUnlessAllFindingsAreWarnings(CheckStatus status, int code) {
        finds(status);

        CliOutcome check = server.run("check");

        assertThat(check.code()).as(check.all()).isEqualTo(code);
        assertThat(check.out())
                .contains(
                        "hello-app-2mq8", "ill", "it answers 500 after 12 ms", "5 nodes checked: 1 finding.", "a note");
        assertThat(check.err()).contains("/workflows/check%2Fhello%2F");
        assertThat(asked).singleElement().satisfies(plan -> {
            assertThat(plan.act()).as("who asks reads it himself").isFalse();
            assertThat(plan.nodes()).isEmpty();
        });
    }

    @Test
    void asksOnlyForTheNamedNodesOfTheCluster() {
        finds(CheckStatus.WARN);

        server.run("check", "hello-app-2mq8", "hello-proxy-k3f9");
        CliOutcome foreign = server.run("check", "other-app-2mq8");

        assertThat(asked)
                .singleElement()
                .satisfies(plan -> assertThat(plan.nodes())
                        .containsExactly(new NodeName("hello-app-2mq8"), new NodeName("hello-proxy-k3f9")));
        assertThat(foreign.code()).isEqualTo(2);
        assertThat(foreign.err()).contains("other-app-2mq8");
    }

    @ParameterizedTest
    @CsvSource({"-o", "--output"})
    void printsWhatItsSchemaSays(String option) throws Exception {
        finds(CheckStatus.CRITICAL);

        JsonNode printed = server.run("check", option, "json").json();

        assertThat(validate(printed).isSuccess())
                .as(validate(printed).toString())
                .isTrue();
        assertThat(printed.path("schema").asText()).isEqualTo("sluice/check/v1");
        assertThat(printed.path("findings").path(0).path("status").asText()).isEqualTo("critical");
    }

    @Test
    void theSchemaRefusesWhatVersion1DoesNotHave() throws Exception {
        JsonNode other = new ObjectMapper()
                .readTree("{\"schema\":\"sluice/check/v1\",\"cluster\":\"hello\",\"at\":\"2026-12-01T12:00:00Z\","
                        + "\"nodes\":1,\"findings\":[{\"subject\":\"a\"}],\"notes\":[],\"more\":1}");

        assertThat(validate(other).isSuccess()).isFalse();
    }

    private static ProcessingReport validate(JsonNode printed) throws Exception {
        return JsonSchemaFactory.byDefault()
                .getJsonSchema(JsonLoader.fromPath(
                        Path.of("../docs/schemas/check.v1.json").toString()))
                .validate(printed);
    }
}
