package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.SluiceAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.RemoveSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** compose/init-temporal.sh against a real server. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class InitTemporalIT {
    @TempDir
    static Path folder = Path.of("");

    private static TemporalDevServer server;
    private static OperatorServiceStubs operator;

    @BeforeAll
    static void aRealServer() throws IOException {
        Path cli = folder.resolve("temporal");
        Files.writeString(cli, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(TemporalCliServer.CLI));
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        server = TemporalCliServer.start("other");
        operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .validateAndBuildWithDefaults());
    }

    @AfterAll
    static void stop() {
        operator.shutdownNow();
        server.close();
    }

    @Test
    void theNamespaceItsRetentionAndTheSearchAttributesAreMadeOnceAndAnotherTypeIsNamed() {
        ProcessRunner.ProcessOutcome first = init(Map.of("SLUICE_RETENTION", "10d"));
        assertThat(first.exit()).as(first.said()).isZero();
        assertThat(first.said()).contains("Namespace sluice made", "Search attribute SluicePhase (Keyword) made");
        assertThat(present()).containsAllEntriesOf(types());
        assertThat(retention()).isEqualTo("240h0m0s");

        ProcessRunner.ProcessOutcome second = init(Map.of());
        assertThat(second)
                .isEqualTo(new ProcessRunner.ProcessOutcome(
                        0, "Namespace sluice is ready: closed runs are kept for 30d\n"));
        assertThat(retention()).isEqualTo("720h0m0s");

        replaceByInteger("SluicePhase");
        ProcessRunner.ProcessOutcome wrong = init(Map.of());
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.said()).contains("Search attribute SluicePhase of namespace sluice is Int, expected Keyword");
    }

    @Test
    void withoutAServerItSaysWhereNobodyAnswered() {
        ProcessRunner.ProcessOutcome outcome = init(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1", "SLUICE_PATIENCE", "1"));

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.said()).startsWith("Temporal did not answer at 127.0.0.1:1 within 1 s:");
    }

    private static ProcessRunner.ProcessOutcome init(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(ProcessRunner.plain());
        environment.put("PATH", folder + ":/usr/bin:/bin");
        environment.put("TEMPORAL_ADDRESS", server.getTarget());
        environment.putAll(settings);
        return ProcessRunner.run(environment, List.of("/bin/sh", "../compose/init-temporal.sh"));
    }

    private static Map<String, IndexedValueType> types() {
        Map<String, IndexedValueType> types = new HashMap<>();
        SluiceAttributes.ALL.forEach(key -> types.put(key.getName(), key.getValueType()));
        return types;
    }

    private static Map<String, IndexedValueType> present() {
        return operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace("sluice")
                        .build())
                .getCustomAttributesMap();
    }

    private static String retention() {
        ProcessRunner.ProcessOutcome told = ProcessRunner.run(
                Map.of("HOME", folder.toString()),
                List.of(
                        folder + "/temporal",
                        "operator",
                        "namespace",
                        "describe",
                        "-n",
                        "sluice",
                        "--address",
                        server.getTarget()));
        return told.said()
                .lines()
                .filter(line -> line.contains("RetentionTtl"))
                .map(line -> line.replaceFirst(".*RetentionTtl *", "").strip())
                .findFirst()
                .orElse(told.said());
    }

    private static void replaceByInteger(String name) {
        operator.blockingStub()
                .removeSearchAttributes(RemoveSearchAttributesRequest.newBuilder()
                        .setNamespace("sluice")
                        .addSearchAttributes(name)
                        .build());
        operator.blockingStub()
                .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                        .setNamespace("sluice")
                        .putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_INT)
                        .build());
    }
}
