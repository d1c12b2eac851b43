package dev.sluice.workflows.model.report;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.plan.ChangePlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operator gets to read of a change: its own steps and its nodes'.
 *
 * @param planDigest what an approval has to name; empty until the plan is checked
 * @param waiting the approval that is waited for, if one is
 * @param membersBefore members in service when it began
 */
public record ChangeReport(
        ChangePlan plan,
        Optional<Template> template,
        Optional<Sha256Digest> planDigest,
        Optional<PendingApproval> waiting,
        Optional<Approval> approval,
        int membersBefore,
        int membersNow,
        RunOutcome outcome,
        Optional<FailureType> failure,
        List<StepReport> steps,
        List<NodeReport> nodes,
        Instant started,
        Optional<Instant> ended,
        String sentence) {
    public ChangeReport {
        steps = List.copyOf(steps);
        nodes = List.copyOf(nodes);
    }

    /** What a person is asked for. */
    public record PendingApproval(String what, Instant since, Instant until) {}
}
