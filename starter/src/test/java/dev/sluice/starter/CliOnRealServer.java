package dev.sluice.starter;

import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class Temporal's development server, which TEMPORAL_CLI_PATH names, and each test a worker of its own.
 * Register it as a static field.
 */
public final class CliOnRealServer extends CliOnServer
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final Path SAMPLE = Path.of("src/test/resources/hello");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    private @Nullable TemporalDevServer server;
    private @Nullable WorkflowServiceStubs stubs;
    private @Nullable WorkflowClient client;
    private @Nullable WorkerFactory workers;
    private @Nullable Worker worker;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = TemporalDevServer.start(
                "sluice",
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(System.getenv("TEMPORAL_CLI_PATH"))
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs(arguments())
                        .build());
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(
                stubs, WorkflowClientOptions.newBuilder().setNamespace("sluice").build());
    }

    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--log-level", "error"));
        SluiceAttributes.ALL.forEach(key -> {
            boolean time = key.getValueType() == IndexedValueType.INDEXED_VALUE_TYPE_DATETIME;
            arguments.addAll(List.of("--search-attribute", key.getName() + (time ? "=Datetime" : "=Keyword")));
        });
        return arguments;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        workers = WorkerFactory.newInstance(client());
        worker = null;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (workers != null) {
            workers.shutdownNow();
            // Else the next test's task may go to a poll of this worker.
            workers.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stubs().shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    /** Writes the sample cluster file with a name of its own, since runs of earlier tests stay; returns that name. */
    public String writeCluster(Path directory) throws IOException {
        String name = "test%d".formatted(CLUSTERS.incrementAndGet());
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(SAMPLE.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path file = directory.resolve("sluice.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("cluster: hello", "cluster: " + name));
        return name;
    }

    /** Waits for what the server's visibility store shows a moment later. */
    public void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The server does not show it within " + PATIENCE);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public WorkflowServiceStubs stubs() {
        if (stubs == null) {
            throw new IllegalStateException("The server is not up");
        }
        return stubs;
    }

    @Override
    public WorkflowClient client() {
        if (client == null) {
            throw new IllegalStateException("The server is not up");
        }
        return client;
    }

    @Override
    Worker worker() {
        if (workers == null) {
            throw new IllegalStateException("The test has not begun");
        }
        if (worker == null) {
            worker = workers.newWorker(WorkflowIds.TASK_QUEUE);
        }
        return worker;
    }

    @Override
    void startWorker() {
        if (worker != null && workers != null && !workers.isStarted()) {
            workers.start();
            TemporalClient temporal = new TemporalClient(stubs(), client(), "the test's server");
            await(() -> !temporal.pollers(WorkflowIds.TASK_QUEUE).isEmpty());
        }
    }
}
