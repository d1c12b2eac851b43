package dev.sluice.starter.audit;

import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.PlanDigest;
import dev.sluice.workflows.model.report.ChangeReport;
import java.util.List;
import java.util.Optional;

/** Checks the history of a change. */
final class ChangeAuditChecks {
    static final String APPROVAL = "started nothing without a timely approval of this plan";
    static final String COUNT = "never more nodes than planned";

    private final RunHistory history;
    private final ChangePlan plan;
    private final Optional<ChangeReport> report;

    ChangeAuditChecks(RunHistory history, Optional<ChangeReport> report) {
        this.history = history;
        this.plan = history.plan(ChangePlan.class);
        this.report = report;
    }

    List<AuditCheck> all() {
        return List.of(count(), approval());
    }

    private AuditCheck count() {
        int planned = plan.nodes().size();
        int started = history.starts().size();
        String evidence = "%d planned, %s started".formatted(planned, SentenceFormat.count(started, "run"));
        return started <= planned ? AuditCheck.kept(COUNT, evidence) : AuditCheck.broken(COUNT, evidence);
    }

    private AuditCheck approval() {
        if (plan.approval().isEmpty()) {
            return AuditCheck.doesNotApply(APPROVAL, "the plan required none");
        }
        ApprovalTerms terms = plan.approval().get();
        Optional<EventTime> effect = (terms.afterGate() ? history.nodeApprovals() : history.starts())
                .stream().findFirst();
        if (effect.isEmpty()) {
            return AuditCheck.kept(
                    APPROVAL, terms.afterGate() ? "no node joined" : "the change started no run of a node");
        }
        if (report.isEmpty()) {
            return AuditCheck.unknown(APPROVAL, "the change left no report that names its template");
        }
        Sha256Digest digest = PlanDigest.of(plan, report.get().template());
        return history.decisions().stream()
                .filter(event -> counts(event, digest, terms, effect.get()))
                .findFirst()
                .map(event -> AuditCheck.kept(
                        APPROVAL,
                        "%s approved plan %s (digest recomputed) at %s, before its deadline %s; it took effect at %s"
                                .formatted(
                                        event.decision().by(),
                                        event.decision().planDigest(),
                                        event.when(),
                                        terms.until(),
                                        effect.get())))
                .orElseGet(() -> AuditCheck.broken(
                        APPROVAL,
                        "the change took effect at %s without an approval of plan %s before that and before the deadline %s"
                                .formatted(effect.get(), digest.value().substring(0, 12), terms.until())));
    }

    private static boolean counts(
            RunHistory.DecisionEvent event, Sha256Digest digest, ApprovalTerms terms, EventTime effect) {
        return event.decision().approved()
                && event.decision().planDigest().length() >= 6
                && digest.value().startsWith(event.decision().planDigest())
                && event.when().time().isBefore(terms.until())
                && event.when().before(effect);
    }
}
