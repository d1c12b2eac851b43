package dev.sluice.worker;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses every step of a run that had ended and that Temporal's Reset began again: its effects are old, and its undo would
 * take back a node that serves. A node's run begins only while its change is open. A run that was reset while it was open
 * continues.
 */
final class RepeatedRunGuard extends WorkerInterceptorBase {
    private static final int KNOWN_RUNS = 1_000;
    private static final Set<String> PARTS_OF_A_CHANGE =
            Set.of(DeployNode.class.getSimpleName(), RetireNode.class.getSimpleName());
    private static final Set<WorkflowExecutionStatus> ENDED_BY_ITSELF = Set.of(
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED,
            WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT);

    private final WorkflowClient client;
    private final Map<String, Optional<String>> objections = new LinkedHashMap<>();

    RepeatedRunGuard(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new GuardedActivity(next);
    }

    private final class GuardedActivity extends ActivityInboundCallsInterceptorBase {
        private @Nullable ActivityInfo step;

        GuardedActivity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            step = context.getInfo();
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            requireFirstTime(requireNonNull(step));
            return super.execute(input);
        }
    }

    private void requireFirstTime(ActivityInfo step) {
        WorkflowExecution run =
                execution(requireNonNull(step.getWorkflowId()), requireNonNull(step.getWorkflowRunId()));
        objection(run, requireNonNull(step.getWorkflowType())).ifPresent(sentence -> {
            throw TypedFailures.of(FailureType.RUN_REPEATED, sentence);
        });
    }

    /** Asks Temporal once for each run: the answer does not change while the run is open. */
    private Optional<String> objection(WorkflowExecution run, String type) {
        synchronized (objections) {
            Optional<String> known = objections.get(run.getRunId());
            if (known != null) {
                return known;
            }
        }
        List<HistoryEvent> events = history(run);
        Optional<String> found = resetOf(events)
                .flatMap(base -> endOf(run.getWorkflowId(), base))
                .or(() -> withoutChange(run, type, events));
        synchronized (objections) {
            objections.put(run.getRunId(), found);
            if (objections.size() > KNOWN_RUNS) {
                objections.remove(objections.keySet().iterator().next());
            }
        }
        return found;
    }

    /** The run that was reset into this one, for the last reset. */
    private static Optional<String> resetOf(List<HistoryEvent> events) {
        return events.stream()
                .filter(HistoryEvent::hasWorkflowTaskFailedEventAttributes)
                .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
                .filter(failed ->
                        failed.getCause() == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW)
                .reduce((earlier, later) -> later)
                .map(failed -> failed.getBaseRunId());
    }

    private Optional<String> endOf(String workflowId, String base) {
        Optional<WorkflowExecutionStatus> status = status(workflowId, base);
        if (status.isPresent() && !ENDED_BY_ITSELF.contains(status.get())) {
            return Optional.empty();
        }
        return Optional.of(
                "%s had ended (%s) before Temporal's Reset began it again; a run that has ended does nothing twice"
                        .formatted(
                                workflowId, status.map(RepeatedRunGuard::word).orElse("Temporal no longer has it")));
    }

    /** A change that had ended begins no node again, although it is open while it is repeated. Only for the first step: once a node's run has begun, it takes back what it did also without its change. */
    private Optional<String> withoutChange(WorkflowExecution run, String type, List<HistoryEvent> events) {
        boolean begun = events.stream().anyMatch(HistoryEvent::hasActivityTaskCompletedEventAttributes);
        if (begun || !PARTS_OF_A_CHANGE.contains(type)) {
            return Optional.empty();
        }
        WorkflowExecution change =
                events.get(0).getWorkflowExecutionStartedEventAttributes().getParentWorkflowExecution();
        boolean open = !change.getWorkflowId().isEmpty()
                && status(change.getWorkflowId(), change.getRunId())
                        .filter(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING::equals)
                        .isPresent();
        return open
                ? objection(change, ChangeRole.class.getSimpleName())
                : Optional.of("%s is part of no open change; a node's run begins only with its change"
                        .formatted(run.getWorkflowId()));
    }

    private static String word(WorkflowExecutionStatus status) {
        return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT);
    }

    /** Empty if Temporal does not know the run. */
    private Optional<WorkflowExecutionStatus> status(String workflowId, String run) {
        try {
            return Optional.of(client.getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(execution(workflowId, run))
                            .build())
                    .getWorkflowExecutionInfo()
                    .getStatus());
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private List<HistoryEvent> history(WorkflowExecution run) {
        List<HistoryEvent> events = new ArrayList<>();
        ByteString page = ByteString.EMPTY;
        do {
            GetWorkflowExecutionHistoryResponse part = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setExecution(run)
                            .setNextPageToken(page)
                            .build());
            events.addAll(part.getHistory().getEventsList());
            page = part.getNextPageToken();
        } while (!page.isEmpty());
        return events;
    }

    private static WorkflowExecution execution(String workflowId, String run) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(workflowId)
                .setRunId(run)
                .build();
    }
}
