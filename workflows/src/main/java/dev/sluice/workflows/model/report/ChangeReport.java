package dev.sluice.workflows.model.report;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.plan.ChangePlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The report of a change: its own steps and its nodes' reports.
 *
 * @param planDigest the digest that an approval must name; empty until the plan is checked
 * @param waiting the approval that the run waits for, if any
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

    /** The approval that a run waits for. */
    public record PendingApproval(String what, Instant since, Instant until) {}
}
