package dev.sluice.starter.audit;

import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.PlanDigest;
import dev.sluice.workflows.model.report.ChangeReport;
import java.util.List;
import java.util.Optional;

/** What the history of a change proves. */
final class ChangeAuditChecks {
    static final String APPROVAL = "nothing was done without an approval in time, for this plan";
    static final String COUNT = "never more nodes than planned";

    private final RunHistory story;
    private final ChangePlan plan;
    private final Optional<ChangeReport> report;

    ChangeAuditChecks(RunHistory story, Optional<ChangeReport> report) {
        this.story = story;
        this.plan = story.plan(ChangePlan.class);
        this.report = report;
    }

    List<AuditCheck> all() {
        return List.of(count(), approval());
    }

    private AuditCheck count() {
        int planned = plan.nodes().size();
        int started = story.starts().size();
        String evidence = "%d planned, %d runs started".formatted(planned, started);
        return started <= planned ? AuditCheck.kept(COUNT, evidence) : AuditCheck.broken(COUNT, evidence);
    }

    private AuditCheck approval() {
        if (plan.approval().isEmpty()) {
            return AuditCheck.doesNotApply(APPROVAL, "the plan asked for none");
        }
        ApprovalTerms terms = plan.approval().get();
        Optional<EventTime> effect = (terms.afterGate() ? story.nodeApprovals() : story.starts())
                .stream().findFirst();
        if (effect.isEmpty()) {
            return AuditCheck.kept(
                    APPROVAL,
                    terms.afterGate()
                            ? "no node was let into traffic"
                            : "no node's run was started, nothing was created");
        }
        if (report.isEmpty()) {
            return AuditCheck.unknown(APPROVAL, "the change left no report that names its template");
        }
        Sha256Digest digest = PlanDigest.of(plan, report.get().template());
        return story.decisions().stream()
                .filter(said -> counts(said, digest, terms, effect.get()))
                .findFirst()
                .map(said -> AuditCheck.kept(
                        APPROVAL,
                        "%s said yes at %s to plan %s, computed again; the limit was %s; it took effect at %s"
                                .formatted(
                                        said.decision().by(),
                                        said.when(),
                                        said.decision().planDigest(),
                                        terms.until(),
                                        effect.get())))
                .orElseGet(() -> AuditCheck.broken(
                        APPROVAL,
                        "it took effect at %s, but nobody said yes to plan %s before and until %s"
                                .formatted(effect.get(), digest.value().substring(0, 12), terms.until())));
    }

    private static boolean counts(
            RunHistory.DecisionEvent said, Sha256Digest digest, ApprovalTerms terms, EventTime effect) {
        return said.decision().approved()
                && said.decision().planDigest().length() >= 6
                && digest.value().startsWith(said.decision().planDigest())
                && said.when().time().isBefore(terms.until())
                && said.when().before(effect);
    }
}
