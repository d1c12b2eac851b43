package dev.sluice.starter.temporal;

import dev.sluice.starter.text.Run;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.model.BakeReport;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.NodeReport;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What Temporal knows of an execution without asking a worker.
 *
 * @param status in Temporal's words, lower case, such as {@code running}
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
    static RunState of(WorkflowExecutionMetadata found, boolean stuck) {
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
                attribute(found, Names.CLUSTER),
                attribute(found, Names.ROLE),
                attribute(found, Names.NODE),
                attribute(found, Names.PHASE),
                stuck);
    }

    private static Optional<String> attribute(WorkflowExecutionMetadata found, SearchAttributeKey<String> key) {
        return Optional.ofNullable(found.getTypedSearchAttributes().get(key));
    }

    public boolean open() {
        return status.equals("running");
    }

    /** What such a run reports; empty for the short ones that only read or nudge. */
    public Optional<Class<?>> report() {
        return switch (type) {
            case "ChangeRole" -> Optional.of(ChangeReport.class);
            case "DeployNode", "RetireNode", "KeepNode" -> Optional.of(NodeReport.class);
            case "BakeTemplate" -> Optional.of(BakeReport.class);
            default -> Optional.empty();
        };
    }
}
