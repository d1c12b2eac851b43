package dev.sluice.workflows.runbook.change;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.DeployNode.GateDecision;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.NodePlan.GateApproval;
import dev.sluice.workflows.model.plan.PlanDigest;
import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.RefusedInputs;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.TextFormat;
import dev.sluice.workflows.schedule.ScheduledRunbook;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/change-role.md: a numbered step there is a paragraph of {@link #change} here. */
public final class ChangeRoleRunbook implements ChangeRole {
    private final Patience patience;
    private final StepProgress progress = new StepProgress();
    private final ApprovalRequest approvals = new ApprovalRequest(progress);
    private final RefusedInputs refused = new RefusedInputs(progress);
    private final GatedNodes gated = new GatedNodes();
    private final Map<NodeName, NodeReport> cancelledReports = new HashMap<>();
    private @Nullable ChangeReports ending;

    public ChangeRoleRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ChangeReport run(ChangePlan plan) {
        NodeRuns children = new NodeRuns(plan, cancelledReports);
        Notifier notifier = new Notifier(plan.file());
        ChangeReports end = new ChangeReports(plan, progress, approvals, children, notifier);
        ending = end;
        try {
            change(plan, children, end, notifier);
        } catch (TemporalFailure failure) {
            throw end.fail(failure);
        }
        return end.finish();
    }

    private void change(ChangePlan plan, NodeRuns children, ChangeReports end, Notifier notifier) {
        progress.begin(Step.CHECK_PLAN, "%s / %s".formatted(plan.file().name(), plan.role()));
        ChangePlanCheck.CheckedPlan found = new ChangePlanCheck(plan, patience).check();
        Sha256Digest digest = PlanDigest.of(plan, found.template());
        end.recordCheck(found, digest);
        progress.complete(found.says());

        Optional<ApprovalTerms> before = plan.approval().filter(terms -> !terms.afterGate());
        before.ifPresent(
                terms -> approvals.awaitApproval(terms, digest, "before anything is changed", notifier, () -> false));

        new ExcludedProxies(plan, patience, progress).withdraw(found);

        start(plan, found, digest, children);

        Optional<ApprovalTerms> after = plan.approval().filter(ApprovalTerms::afterGate);
        after.ifPresent(terms -> askForGated(terms, digest, children, notifier));

        children.await();
        InParallel.both(() -> keepConfig(plan, end), () -> keepSchedules(plan, end));
    }

    private static void start(
            ChangePlan plan, ChangePlanCheck.CheckedPlan found, Sha256Digest digest, NodeRuns children) {
        for (NodeName name : plan.nodes()) {
            switch (plan.kind()) {
                case DEPLOY ->
                    children.deploy(nodePlan(plan, name, found.template().orElseThrow(), digest));
                case RETIRE ->
                    children.retire(
                            retirePlan(plan, found.findNode(name).orElseThrow().ref()));
            }
        }
    }

    private static NodePlan nodePlan(ChangePlan plan, NodeName name, Template template, Sha256Digest digest) {
        String change = Workflow.getInfo().getFirstExecutionRunId();
        return new NodePlan(
                plan.file(),
                new NodeRef(plan.file().name(), plan.role(), name, change),
                template,
                plan.withoutProxies(),
                plan.approval().filter(ApprovalTerms::afterGate).map(terms -> new GateApproval(digest, terms.until())),
                plan.keepFailed(),
                plan.by(),
                plan.reason());
    }

    private static RetirePlan retirePlan(ChangePlan plan, NodeRef ref) {
        ClusterFile file = plan.drain()
                .map(limit -> plan.file().withDrain(plan.role(), limit))
                .orElse(plan.file());
        return new RetirePlan(file, ref, plan.withoutProxies(), false, plan.by(), plan.reason());
    }

    /** Requests one approval for all nodes that passed the gate, once the others failed. A rejection ends all. */
    private void askForGated(ApprovalTerms terms, Sha256Digest digest, NodeRuns children, Notifier notifier) {
        Workflow.await(() -> children.allEndedOr(gated::hasPassed));
        List<NodeName> passed = children.stillRunning();
        if (passed.isEmpty()) {
            return;
        }
        GateApproval named = new GateApproval(digest, terms.until());
        String what = "passed the gate: " + TextFormat.format(passed);
        Optional<Approval> given;
        try {
            given = approvals.awaitApproval(terms, digest, what, notifier, children::haveAllEnded);
        } catch (ApplicationFailure refusal) {
            gated.decide(children, new GateDecision(false, named, "", refusal.getOriginalMessage()));
            children.await();
            throw refusal;
        }
        given.ifPresent(
                yes -> gated.decide(children, new GateDecision(true, named, yes.by(), "approved by " + yes.by())));
    }

    /** Stores the digest by which the next change recognizes the file; else that one requires --accept-config. */
    private void keepConfig(ChangePlan plan, ChangeReports end) {
        if (plan.kind() == ChangeKind.DEPLOY && end.hasSuccess()) {
            try {
                ActivityStubs.cloud(patience.shortCall(), "store the cluster file's digest")
                        .markConfig(plan.file().name(), plan.role(), plan.file().digest());
            } catch (TemporalFailure failure) {
                end.addNote("the cluster file's digest could not be stored: "
                        + EndReason.of(failure).sentence());
            }
        }
    }

    /** Updates the schedules, which carry the cluster file of the newest successful change. */
    private void keepSchedules(ChangePlan plan, ChangeReports end) {
        if (end.hasSuccess() && ScheduledRunbook.isWantedBy(plan.file())) {
            try {
                ActivityStubs.schedules(patience.shortCall(), "update the schedules")
                        .set(plan.file());
            } catch (TemporalFailure failure) {
                end.addNote("the schedules could not be updated: "
                        + EndReason.of(failure).sentence());
            }
        }
    }

    @Override
    public ChangeReport report() {
        return requireNonNull(ending, "the change has not begun").report();
    }

    @Override
    public String decide(@Nullable RawValue decision) {
        return approvals.decide(decision);
    }

    @Override
    public void checkDecision(@Nullable RawValue decision) {
        approvals.objection(decision).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
    }

    @Override
    public void decideLater(@Nullable RawValue decision) {
        approvals.objection(decision).ifPresentOrElse(refused::note, () -> approvals.decide(decision));
    }

    @Override
    public void nodeEnded(@Nullable RawValue report) {
        refused.accept("nodeEnded", report, NodeReport.class)
                .ifPresent(found -> cancelledReports.put(found.name(), found));
    }

    @Override
    public void passedGate(@Nullable RawValue node) {
        refused.accept("passedGate", node, NodeName.class).ifPresent(gated::add);
    }
}
