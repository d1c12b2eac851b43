package dev.sluice.worker;

import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import java.util.List;

/** Asks Temporal about our own runs, by id: visibility lists may lag, a description does not. */
final class TemporalRuns implements RunActivities {
    private final WorkflowClient client;

    TemporalRuns(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes) {
        ActivityInfo asks = Activity.getExecutionContext().getInfo();
        return nodes.stream()
                .map(node -> Names.node(cluster, node))
                .filter(id -> isOpenForOthers(id, asks))
                .toList();
    }

    @Override
    public List<Owner> owners(ClusterName cluster, List<NodeName> nodes) {
        return nodes.stream().map(node -> owner(cluster, node)).toList();
    }

    private boolean isOpenForOthers(String id, ActivityInfo asks) {
        try {
            DescribeWorkflowExecutionResponse run = describe(id);
            WorkflowExecution itsParent = run.getWorkflowExecutionInfo().getParentExecution();
            boolean ours = itsParent.getWorkflowId().equals(asks.getWorkflowId())
                    && itsParent.getRunId().equals(asks.getWorkflowRunId());
            return isOpen(run) && !ours;
        } catch (StatusRuntimeException failure) {
            return notFoundOrThrow(failure);
        }
    }

    private static boolean notFoundOrThrow(StatusRuntimeException failure) {
        if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
            return false;
        }
        throw failure;
    }

    private Owner owner(ClusterName cluster, NodeName node) {
        String id = Names.node(cluster, node);
        try {
            return new Owner(node, isOpen(describe(id)) ? Life.OPEN : Life.CLOSED, id);
        } catch (StatusRuntimeException failure) {
            notFoundOrThrow(failure);
            return new Owner(node, Life.UNKNOWN, id);
        }
    }

    private static boolean isOpen(DescribeWorkflowExecutionResponse run) {
        return run.getWorkflowExecutionInfo().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    private DescribeWorkflowExecutionResponse describe(String id) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                        .build());
    }
}
