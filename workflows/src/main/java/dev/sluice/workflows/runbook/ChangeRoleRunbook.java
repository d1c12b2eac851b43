package dev.sluice.workflows.runbook;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodePlan;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.PlanDigest;
import dev.sluice.workflows.model.RetirePlan;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.Template;
import dev.sluice.workflows.schedule.Recurring;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/change-role.md: a numbered step there is a paragraph of {@link #change} here. */
final class ChangeRoleRunbook implements ChangeRole {
    private final Patience patience;
    private final Progress progress = new Progress();
    private final Approvals approvals = new Approvals(progress);
    private final Set<NodeName> gated = new HashSet<>();
    private final Map<NodeName, NodeReport> lastWords = new HashMap<>();
    private @Nullable ChangeEnding ending;

    ChangeRoleRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ChangeReport run(ChangePlan plan) {
        Children children = new Children(plan, lastWords);
        Telling telling = new Telling(plan.file());
        ChangeEnding end = new ChangeEnding(plan, progress, approvals, children, telling);
        ending = end;
        try {
            change(plan, children, end, telling);
        } catch (TemporalFailure failure) {
            throw end.failed(failure);
        }
        return end.finish();
    }

    private void change(ChangePlan plan, Children children, ChangeEnding end, Telling telling) {
        progress.begin(Step.CHECK_PLAN, "%s / %s".formatted(plan.file().name(), plan.role()));
        PlanCheck.Found found = new PlanCheck(plan, patience).check();
        Digest digest = PlanDigest.of(plan, found.template());
        end.checked(found, digest);
        progress.done(found.says());

        Optional<ApprovalTerms> before = plan.approval().filter(terms -> !terms.afterGate());
        before.ifPresent(terms -> approvals.ask(terms, digest, "before anything is changed", telling));

        new ProxiesLeftOut(plan, patience, progress).withdraw(found);

        start(plan, found, children);

        Optional<ApprovalTerms> after = plan.approval().filter(ApprovalTerms::afterGate);
        after.ifPresent(terms -> askForGated(terms, digest, children, telling));

        children.await();
        SideBySide.both(() -> keepConfig(plan, end), () -> keepSchedules(plan, end));
    }

    private static void start(ChangePlan plan, PlanCheck.Found found, Children children) {
        for (NodeName name : plan.nodes()) {
            switch (plan.kind()) {
                case DEPLOY ->
                    children.deploy(nodePlan(plan, name, found.template().orElseThrow()));
                case RETIRE ->
                    children.retire(
                            retirePlan(plan, found.named(name).orElseThrow().ref()));
            }
        }
    }

    private static NodePlan nodePlan(ChangePlan plan, NodeName name, Template template) {
        String change = Workflow.getInfo().getFirstExecutionRunId();
        return new NodePlan(
                plan.file(),
                new NodeRef(plan.file().name(), plan.role(), name, change),
                template,
                plan.withoutProxies(),
                plan.approval().filter(ApprovalTerms::afterGate).isPresent(),
                plan.keepFailed(),
                plan.by(),
                plan.reason());
    }

    private static RetirePlan retirePlan(ChangePlan plan, NodeRef ref) {
        return new RetirePlan(plan.file(), ref, plan.withoutProxies(), false, plan.by(), plan.reason());
    }

    /** Asked once every node has passed its gate or failed, for those that passed; a refusal is every one's. */
    private void askForGated(ApprovalTerms terms, Digest digest, Children children, Telling telling) {
        Workflow.await(() -> children.allEndedOr(gated::contains));
        List<NodeName> passed = children.stillRunning();
        if (passed.isEmpty()) {
            return;
        }
        try {
            String by = approvals
                    .ask(terms, digest, "passed the gate: " + Words.of(passed), telling)
                    .by();
            passed.forEach(name -> children.decide(name, true, "approved by " + by));
        } catch (ApplicationFailure refusal) {
            passed.forEach(name -> children.decide(name, false, refusal.getOriginalMessage()));
            children.await();
            throw refusal;
        }
    }

    /** The tag by which the next change knows this one's file; without it the next one only asks once more. */
    private void keepConfig(ChangePlan plan, ChangeEnding end) {
        if (plan.kind() == Kind.DEPLOY && end.anyDone()) {
            try {
                Reach.cloud(patience.brief(), "remember the cluster file")
                        .markConfig(plan.file().name(), plan.role(), plan.file().digest());
            } catch (TemporalFailure failure) {
                end.note("the cluster file's digest could not be kept: "
                        + Reason.of(failure).sentence());
            }
        }
    }

    /** Schedules carry the newest file that a change proved; the operator can do it by hand if this fails. */
    private void keepSchedules(ChangePlan plan, ChangeEnding end) {
        if (end.anyDone() && Recurring.wantedBy(plan.file()) && knowsSchedules()) {
            try {
                Reach.schedules(patience.brief(), "renew the schedules").set(plan.file());
            } catch (TemporalFailure failure) {
                end.note("the schedules could not be renewed: "
                        + Reason.of(failure).sentence());
            }
        }
    }

    /** Changes that began before there were schedules end without them. */
    private static boolean knowsSchedules() {
        return Workflow.getVersion("schedules", Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION;
    }

    @Override
    public ChangeReport report() {
        return requireNonNull(ending, "the change has not begun").report();
    }

    @Override
    public String decide(Decision decision) {
        return approvals.decide(decision);
    }

    @Override
    public void checkDecision(Decision decision) {
        approvals.objection(decision).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
    }

    @Override
    public void decideLater(Decision decision) {
        approvals.objection(decision).ifPresentOrElse(progress::note, () -> approvals.decide(decision));
    }

    @Override
    public void nodeEnded(NodeReport report) {
        lastWords.put(report.name(), report);
    }

    @Override
    public void passedGate(NodeName node) {
        gated.add(node);
    }
}
