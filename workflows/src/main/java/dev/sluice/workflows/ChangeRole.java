package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One change of one role of one cluster. Its ID is {@code change/<cluster>/<role>}, and that ID is the lock: there is
 * only one at a time. Starts a {@link DeployNode} or {@link RetireNode} for each node. Its signals and its update take raw
 * payloads, since {@link dev.sluice.workflows.activity.WorkflowInput} checks them.
 */
@WorkflowInterface
public interface ChangeRole {
    @WorkflowMethod
    ChangeReport run(ChangePlan plan);

    @QueryMethod
    ChangeReport report();

    /** Approves or rejects the pending plan by an {@link ApprovalDecision}; returns a sentence. Refused for another digest or after the deadline. */
    @UpdateMethod
    String decide(@Nullable RawValue decision);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(@Nullable RawValue decision);

    /** Decides without a response, for the Web UI and while no worker runs. A wrong decision is ignored and noted. */
    @SignalMethod
    void decideLater(@Nullable RawValue decision);

    /** Reports that a node, given by its {@link NodeName}, passed the gate and waits for the change's approval. */
    @SignalMethod
    void passedGate(@Nullable RawValue node);

    /** Reports by a {@link NodeReport} how a cancelled node's run ended: Temporal keeps no result of a cancelled run. */
    @SignalMethod
    void nodeEnded(@Nullable RawValue report);

    /** The decision of a person, bound to the shown plan by its digest or at least the digest's first six digits. */
    record ApprovalDecision(boolean approved, String planDigest, String by, String reason) {
        private static final int SHORTEST_DIGEST = 6;
        private static final int LONGEST_NAME = 200;
        private static final int LONGEST_REASON = 2_000;

        public ApprovalDecision {
            require("planDigest", planDigest, Sha256Digest.LENGTH);
            require("by", by, LONGEST_NAME);
            require("reason", reason, LONGEST_REASON);
            if (planDigest.length() < SHORTEST_DIGEST) {
                throw new IllegalArgumentException("planDigest has fewer than %d digits".formatted(SHORTEST_DIGEST));
            }
        }

        private static void require(String part, @Nullable String value, int longest) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(part + " is missing");
            }
            if (value.length() > longest) {
                throw new IllegalArgumentException(
                        "%s has %d characters, at most %d are read".formatted(part, value.length(), longest));
            }
        }
    }
}
