package dev.sluice.workflows.schedule;

import dev.sluice.workflows.RunOptions;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.model.cluster.ClusterName;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleAction;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.common.SearchAttributes;

/** The parts of a schedule that are code; a newer worker updates them. */
final class ScheduledStart {
    private ScheduledStart() {}

    /** Returns how its runs are started; the caller adds the start argument. */
    static ScheduleActionStartWorkflow.Builder newAction(ScheduledRunbook what, ClusterName cluster) {
        return ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(what.runbook().getSimpleName())
                .setOptions(RunOptions.of(what.id(cluster))
                        .setTypedSearchAttributes(labels(cluster))
                        // Both or neither: with one alone the SDK cannot read the schedule any more (1.38.0).
                        .setStaticSummary("%s of %s, by its schedule".formatted(what.name(), cluster))
                        .setStaticDetails("")
                        .build());
    }

    /** Describes what a schedule starts, as {@link ScheduledRunbook#starts} does. */
    static String describe(ScheduleAction action) {
        return action instanceof ScheduleActionStartWorkflow start
                ? "%s on the queue %s"
                        .formatted(start.getWorkflowType(), start.getOptions().getTaskQueue())
                : "no run";
    }

    static SearchAttributes labels(ClusterName cluster) {
        return SluiceAttributes.of(cluster).build();
    }

    static SchedulePolicy policy(ScheduledRunbook what) {
        return SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(what.catchUp())
                .build();
    }
}
