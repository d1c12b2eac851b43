package dev.sluice.starter;

import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test Temporal's test server in this process. It knows neither lists of runs nor schedules. */
public final class CliOnTestServer extends CliOnServer implements BeforeEachCallback, AfterEachCallback {
    private @Nullable TestWorkflowEnvironment environment;
    private @Nullable Worker worker;

    @Override
    public void beforeEach(ExtensionContext context) {
        TestEnvironmentOptions.Builder options =
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
        SluiceAttributes.ALL.forEach(key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
        environment = TestWorkflowEnvironment.newInstance(options.build());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        endOpenRuns();
        environment().close();
    }

    /** Otherwise closing waits for the CLI's polls for their results. */
    private void endOpenRuns() {
        stubs().blockingStub()
                .listOpenWorkflowExecutions(ListOpenWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(environment().getNamespace())
                        .build())
                .getExecutionsList()
                .forEach(run -> client().newUntypedWorkflowStub(
                                run.getExecution().getWorkflowId())
                        .terminate("the test has ended"));
    }

    private TestWorkflowEnvironment environment() {
        if (environment == null) {
            throw new IllegalStateException("The test has not begun");
        }
        return environment;
    }

    @Override
    WorkflowServiceStubs stubs() {
        return environment().getWorkflowServiceStubs();
    }

    @Override
    public WorkflowClient client() {
        return environment().getWorkflowClient();
    }

    @Override
    Worker worker() {
        if (worker == null) {
            worker = environment().newWorker(WorkflowIds.TASK_QUEUE);
        }
        return worker;
    }

    @Override
    void startWorker() {
        if (worker != null && !environment().isStarted()) {
            environment().start();
        }
    }
}
