package dev.sluice.workflows.runbook;

import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.CheckStatus;
import dev.sluice.workflows.model.Expiring;
import dev.sluice.workflows.model.Expiring.Kind;
import dev.sluice.workflows.model.Expiry;
import dev.sluice.workflows.model.FailureType;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** See docs/runbooks/check-expiry.md: each part in its own try, and a normal end, so that strikes outlive a failure. */
final class CheckExpiryRunbook implements CheckExpiry {
    private final Patience patience;

    CheckExpiryRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ExpiryReport run(ExpiryPlan plan) {
        Expiry expiry = plan.file()
                .expiry()
                .orElseThrow(() -> Failures.of(
                        FailureType.PLAN_INVALID,
                        "%s has no part expiry in its cluster file."
                                .formatted(plan.file().name())));
        Instant now = Progress.now();
        List<Expiring> found = new ArrayList<>();
        found.addAll(part(
                Kind.TEMPLATE,
                "DigitalOcean",
                () -> TemplateAges.of(
                        Reach.cloud(patience.brief(), "templates")
                                .listTemplates(plan.file().name()),
                        expiry.templates(),
                        now)));

        List<Expiring> worstFirst = ExpiryMarkdown.worstFirst(found);
        Workflow.setCurrentDetails(ExpiryMarkdown.of(worstFirst));
        return new ExpiryReport(now, worstFirst);
    }

    /** What cannot be asked is unknown, and that is a finding. */
    private static List<Expiring> part(Kind kind, String where, Supplier<List<Expiring>> ask) {
        try {
            return ask.get();
        } catch (TemporalFailure failure) {
            Reason reason = Reason.of(failure);
            if (reason.cancelled()) {
                throw failure;
            }
            return List.of(new Expiring(
                    kind,
                    "all",
                    where,
                    CheckStatus.UNKNOWN,
                    Optional.empty(),
                    "could not be asked: " + reason.sentence()));
        }
    }
}
