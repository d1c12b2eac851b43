package dev.sluice.starter.run;

import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an execution as Temporal reports it without a worker.
 *
 * @param status Temporal's status in lower case, such as {@code running}
 * @param stuck whether its workflow task fails repeatedly
 */
public record RunState(
        Run run,
        String type,
        String status,
        Instant started,
        Optional<Instant> ended,
        Optional<String> cluster,
        Optional<String> role,
        Optional<String> node,
        Optional<String> phase,
        boolean stuck) {
    public static RunState of(WorkflowExecutionMetadata found, boolean stuck) {
        WorkflowExecutionInfo answer = found.getWorkflowExecutionInfo();
        return new RunState(
                new Run(
                        found.getExecution().getWorkflowId(),
                        found.getExecution().getRunId()),
                found.getWorkflowType(),
                found.getStatus()
                        .name()
                        .replace("WORKFLOW_EXECUTION_STATUS_", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' '),
                found.getStartTime(),
                Optional.ofNullable(found.getCloseTime()).filter(time -> answer.hasCloseTime()),
                attribute(found, SluiceAttributes.CLUSTER),
                attribute(found, SluiceAttributes.ROLE),
                attribute(found, SluiceAttributes.NODE),
                attribute(found, SluiceAttributes.PHASE),
                stuck);
    }

    private static Optional<String> attribute(WorkflowExecutionMetadata found, SearchAttributeKey<String> key) {
        return Optional.ofNullable(found.getTypedSearchAttributes().get(key));
    }

    public boolean open() {
        return status.equals("running");
    }

    /** Returns the type of the run's report; empty for short runs, which have no steps. */
    public Optional<Class<?>> reportType() {
        return switch (type) {
            case "ChangeRole" -> Optional.of(ChangeReport.class);
            case "DeployNode", "RetireNode", "KeepNode" -> Optional.of(NodeReport.class);
            case "BakeTemplate" -> Optional.of(BakeReport.class);
            default -> Optional.empty();
        };
    }
}
