package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.SluiceAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.RemoveSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class SearchAttributeCheckTest {
    private static TemporalDevServer server;
    private static OperatorServiceStubs operator;

    @BeforeAll
    static void aRealServer() {
        server = TemporalDevServer.start(
                "sluice",
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(System.getenv("TEMPORAL_CLI_PATH"))
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs("--log-level", "error")
                        .build());
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
    void registersMissingAttributesAndRejectsAnotherType() {
        SearchAttributeCheck check = new SearchAttributeCheck(operator, "sluice");

        check.ensure();
        check.ensure();
        assertThat(present("SluicePhase")).isEqualTo(IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        assertThat(present("SluiceExpiresAt")).isEqualTo(IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);

        replaceByInteger(SluiceAttributes.PHASE.getName());
        assertThatThrownBy(check::ensure)
                .hasMessageContaining("Search attribute SluicePhase of namespace sluice is INDEXED_VALUE_TYPE_INT")
                .hasMessageContaining("expected INDEXED_VALUE_TYPE_KEYWORD");
    }

    private static IndexedValueType present(String name) {
        return operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace("sluice")
                        .build())
                .getCustomAttributesOrThrow(name);
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
