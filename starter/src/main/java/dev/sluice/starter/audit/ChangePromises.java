package dev.sluice.starter.audit;

import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.PlanDigest;
import java.util.List;
import java.util.Optional;

/** What the history of a change proves. */
final class ChangePromises {
    static final String APPROVAL = "nothing was done without an approval in time, for this plan";
    static final String COUNT = "never more nodes than planned";

    private final Story story;
    private final ChangePlan plan;
    private final Optional<ChangeReport> report;

    ChangePromises(Story story, Optional<ChangeReport> report) {
        this.story = story;
        this.plan = story.plan(ChangePlan.class);
        this.report = report;
    }

    List<Promise> all() {
        return List.of(count(), approval());
    }

    private Promise count() {
        int planned = plan.nodes().size();
        int started = story.starts().size();
        String evidence = "%d planned, %d runs started".formatted(planned, started);
        return started <= planned ? Promise.kept(COUNT, evidence) : Promise.broken(COUNT, evidence);
    }

    private Promise approval() {
        if (plan.approval().isEmpty()) {
            return Promise.doesNotApply(APPROVAL, "the plan asked for none");
        }
        ApprovalTerms terms = plan.approval().get();
        Optional<Moment> effect = (terms.afterGate() ? story.yesToNodes() : story.starts())
                .stream().findFirst();
        if (effect.isEmpty()) {
            return Promise.kept(
                    APPROVAL,
                    terms.afterGate()
                            ? "no node was let into traffic"
                            : "no node's run was started, nothing was created");
        }
        if (report.isEmpty()) {
            return Promise.unknown(APPROVAL, "the change left no report that names its template");
        }
        Digest digest = PlanDigest.of(plan, report.get().template());
        return story.said().stream()
                .filter(said -> counts(said, digest, terms, effect.get()))
                .findFirst()
                .map(said -> Promise.kept(
                        APPROVAL,
                        "%s said yes at %s to plan %s, computed again; the limit was %s; it took effect at %s"
                                .formatted(
                                        said.decision().by(),
                                        said.when(),
                                        said.decision().planDigest(),
                                        terms.until(),
                                        effect.get())))
                .orElseGet(() -> Promise.broken(
                        APPROVAL,
                        "it took effect at %s, but nobody said yes to plan %s before and until %s"
                                .formatted(effect.get(), digest.value().substring(0, 12), terms.until())));
    }

    private static boolean counts(Story.Said said, Digest digest, ApprovalTerms terms, Moment effect) {
        return said.decision().approved()
                && said.decision().planDigest().length() >= 6
                && digest.value().startsWith(said.decision().planDigest())
                && said.when().time().isBefore(terms.until())
                && said.when().before(effect);
    }
}
