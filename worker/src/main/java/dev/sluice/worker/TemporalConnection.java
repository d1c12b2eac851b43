package dev.sluice.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import dev.sluice.workflows.activity.BoundedFailureConverter;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The connection to Temporal, configured by {@code TEMPORAL_*} variables and profiles like the CLI's. */
final class TemporalConnection implements AutoCloseable {
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    private TemporalConnection(WorkflowServiceStubs stubs, WorkflowClient client) {
        this.stubs = stubs;
        this.client = client;
    }

    /** Opens the connection, which connects on first use; the registry receives the metrics {@code temporal_…}. */
    static TemporalConnection open(MeterRegistry meters) throws IOException {
        ClientConfigProfile profile = ClientConfigProfile.load();
        WorkflowServiceStubsOptions options = WorkflowServiceStubsOptions.newBuilder(
                        profile.toWorkflowServiceStubsOptions())
                .setMetricsScope(scope(meters))
                .build();
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
        WorkflowClientOptions clientOptions = WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                .setDataConverter(BoundedFailureConverter.dataConverter())
                .setIdentity("sluice-worker %s %s"
                        .formatted(
                                LocalWorkerActivities.version(),
                                ManagementFactory.getRuntimeMXBean().getName()))
                .build();
        return new TemporalConnection(stubs, WorkflowClient.newInstance(stubs, clientOptions));
    }

    private static Scope scope(MeterRegistry meters) {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(meters))
                .reportEvery(com.uber.m3.util.Duration.ofSeconds(10));
    }

    WorkflowClient client() {
        return client;
    }

    WorkflowServiceStubs stubs() {
        return stubs;
    }

    String namespace() {
        return client.getOptions().getNamespace();
    }

    @Override
    public void close() {
        stubs.shutdown();
        if (!stubs.awaitTermination(5, TimeUnit.SECONDS)) {
            stubs.shutdownNow();
        }
    }
}
