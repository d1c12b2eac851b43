package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.RunOptions;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.runbook.node.DropletLifecycle;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.TextFormat;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** Passes a failed node, out of traffic, to a run of its own that destroys it later. */
final class KeepNodeStarter {
    private final DropletLifecycle droplet;
    private final Optional<NotificationSettings> notices;

    KeepNodeStarter(DropletLifecycle droplet, Optional<NotificationSettings> notices) {
        this.droplet = droplet;
        this.notices = notices;
    }

    /** Destroys the node at once if the new run cannot be started. */
    String handOver(Duration time) {
        try {
            droplet.mark(NodeState.QUARANTINE);
            start(droplet.ref(), time);
            return "%s is kept for %s, out of traffic, then destroyed"
                    .formatted(droplet.description(), TextFormat.format(time));
        } catch (TemporalFailure failure) {
            return droplet.destroyOrQuarantine();
        }
    }

    private void start(NodeRef ref, Duration time) {
        KeepNode keep = Workflow.newChildWorkflowStub(KeepNode.class, options(ref, time));
        Async.function(keep::run, new KeepPlan(ref, time, "failed to be deployed", notices));
        Workflow.getWorkflowExecution(keep).get();
    }

    private static ChildWorkflowOptions options(NodeRef ref, Duration time) {
        return RunOptions.child(WorkflowIds.keep(ref.cluster(), ref.name()))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setStaticSummary("keep %s for %s".formatted(ref.name(), TextFormat.format(time)))
                .setStaticDetails("Out of traffic; destroyed at the end, or at once when this run is cancelled.")
                .setTypedSearchAttributes(SluiceAttributes.of(ref)
                        .set(
                                SluiceAttributes.EXPIRES_AT,
                                StepProgress.now().plus(time).atOffset(ZoneOffset.UTC))
                        .build())
                .build();
    }
}
