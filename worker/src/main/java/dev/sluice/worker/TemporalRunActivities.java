package dev.sluice.worker;

import com.google.protobuf.Timestamp;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.ChangeReport;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes runs of Sluice by workflow ID, since visibility lists may lag and a description does not. */
final class TemporalRunActivities implements RunActivities {
    private static final String OPEN = "ExecutionStatus = 'Running' AND (WorkflowId STARTS_WITH 'node/%s/'"
            + " OR WorkflowId STARTS_WITH 'keep/%s/')";

    private final WorkflowClient client;

    TemporalRunActivities(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes) {
        ActivityInfo asks = Activity.getExecutionContext().getInfo();
        return nodes.stream()
                .map(node -> WorkflowIds.node(cluster, node))
                .filter(id -> isOpenForOthers(id, asks))
                .toList();
    }

    @Override
    public List<NodeOwner> owners(ClusterName cluster, List<NodeName> nodes) {
        return nodes.stream().map(node -> owner(cluster, node)).toList();
    }

    @Override
    public List<String> stuck(ClusterName cluster) {
        String open = WorkflowIds.filter(cluster) + " AND ExecutionStatus = 'Running'";
        try (Stream<WorkflowExecutionMetadata> runs = client.listExecutions(open)) {
            return runs.map(run -> run.getExecution().getWorkflowId())
                    .distinct()
                    .filter(this::isStuck)
                    .toList();
        }
    }

    /** Whether the workflow task has failed twice: one failure may be a killed worker. */
    private boolean isStuck(String id) {
        try {
            return describe(id).getPendingWorkflowTask().getAttempt() >= 3;
        } catch (StatusRuntimeException failure) {
            return notFoundOrThrow(failure);
        }
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

    @Override
    public Optional<Approval> approval(String change, Sha256Digest plan) {
        try {
            return Optional.of(client.newUntypedWorkflowStub(change).query("report", ChangeReport.class))
                    .filter(report -> report.planDigest().equals(Optional.of(plan)))
                    .flatMap(ChangeReport::approval);
        } catch (WorkflowNotFoundException unknown) {
            return Optional.empty();
        }
    }

    private static boolean notFoundOrThrow(StatusRuntimeException failure) {
        if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
            return false;
        }
        throw failure;
    }

    @Override
    public List<OpenNodeRun> open(ClusterName cluster) {
        return client.listExecutions(OPEN.formatted(cluster, cluster))
                .flatMap(run -> openRun(cluster, run).stream())
                .toList();
    }

    private static Optional<OpenNodeRun> openRun(ClusterName cluster, WorkflowExecutionMetadata run) {
        String id = run.getExecution().getWorkflowId();
        String name = id.substring(id.lastIndexOf('/') + 1);
        return Stream.of("node", "keep").anyMatch(kind -> id.equals("%s/%s/%s".formatted(kind, cluster, name)))
                ? Optional.of(new OpenNodeRun(new NodeName(name), id, run.getStartTime()))
                : Optional.empty();
    }

    /** Returns the first open run, else the first run that Temporal has. */
    private NodeOwner owner(ClusterName cluster, NodeName node) {
        List<NodeOwner> found =
                candidates(cluster, node).stream().map(id -> owner(node, id)).toList();
        return findFirst(found, RunStatus.OPEN)
                .or(() -> findFirst(found, RunStatus.CLOSED))
                .orElse(found.get(0));
    }

    private static Optional<NodeOwner> findFirst(List<NodeOwner> owners, RunStatus life) {
        return owners.stream().filter(owner -> owner.life() == life).findFirst();
    }

    /** The workflow IDs that may own the node. The name of a base droplet marks a bake, which has one workflow ID per role. */
    private static List<String> candidates(ClusterName cluster, NodeName node) {
        Stream<String> bakes = Arrays.stream(Role.values())
                .filter(role -> node.value().startsWith("%s-%s-bake-".formatted(cluster, role)))
                .map(role -> WorkflowIds.bake(cluster, role));
        return Stream.concat(Stream.of(WorkflowIds.node(cluster, node), WorkflowIds.keep(cluster, node)), bakes)
                .toList();
    }

    private NodeOwner owner(NodeName node, String id) {
        try {
            DescribeWorkflowExecutionResponse run = describe(id);
            WorkflowExecutionInfo info = run.getWorkflowExecutionInfo();
            return new NodeOwner(
                    node,
                    isOpen(run) ? RunStatus.OPEN : RunStatus.CLOSED,
                    id,
                    info.hasCloseTime() ? Optional.of(instant(info.getCloseTime())) : Optional.empty(),
                    Optional.of(info.getFirstRunId()).filter(first -> !first.isEmpty()));
        } catch (StatusRuntimeException failure) {
            notFoundOrThrow(failure);
            return new NodeOwner(node, RunStatus.UNKNOWN, id, Optional.empty(), Optional.empty());
        }
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
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
