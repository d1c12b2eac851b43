package dev.sluice.workflows.fake;

import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.activity.BoundedFailureConverter;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.util.ArrayList;
import java.util.List;

/** A real server of the CLI that the environment names, with Sluice's search attributes. */
final class RealTemporalServer implements AutoCloseable {
    private static final String CLI = "TEMPORAL_CLI_PATH";

    private final TemporalDevServer server;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    RealTemporalServer() {
        server = TemporalDevServer.start(
                "sluice",
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(System.getenv(CLI))
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs(arguments())
                        .build());
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(BoundedFailureConverter.dataConverter())
                        .setNamespace(server.getNamespace())
                        .setIdentity("worker@recorded")
                        .build());
    }

    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--log-level", "error", "--dynamic-config-value", "history.timerProcessorMaxTimeShift=\"10ms\""));
        SluiceAttributes.ALL.forEach(key -> {
            arguments.add("--search-attribute");
            arguments.add(key.getName()
                    + (key.getValueType() == IndexedValueType.INDEXED_VALUE_TYPE_DATETIME ? "=Datetime" : "=Keyword"));
        });
        return arguments;
    }

    WorkflowClient client() {
        return client;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        server.close();
    }
}
