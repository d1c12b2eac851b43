package dev.sluice.workflows.runbook.inspect;

import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.runbook.change.ChangePlanCheck;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.BestEffort;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/show-cluster.md. */
public final class ShowClusterRunbook implements ShowCluster {
    private final Patience patience;
    private final List<String> refusals = new ArrayList<>();
    private final BestEffort parts = new BestEffort();

    public ShowClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ClusterReport run(ClusterFile file, @Nullable ChangePlan plan) {
        return new ClusterReport(
                StepProgress.now(),
                parts.ask(
                        "nodes",
                        List.of(),
                        () -> ActivityStubs.cloud(patience.brief(), "nodes").listNodes(file.name(), false)),
                parts.ask(
                        "members",
                        List.of(),
                        () -> ActivityStubs.membership(patience.check(), "members on every proxy")
                                .read(file.name())),
                parts.ask(
                        "records",
                        new PublishedRecords(List.of(), List.of()),
                        () -> ActivityStubs.dns(patience.check(), file.serviceName())
                                .records(file.name(), file.domain(), file.service(), file.nameServer())),
                parts.ask(
                        "templates",
                        List.of(),
                        () -> ActivityStubs.cloud(patience.brief(), "templates").listTemplates(file.name())),
                plan == null ? Optional.empty() : check(plan),
                refusals,
                parts.unknown());
    }

    private Optional<PlanFacts> check(ChangePlan plan) {
        try {
            return Optional.of(ActivityStubs.cloud(patience.brief(), "whether it can be carried out")
                    .checkPlan(ChangePlanCheck.question(plan)));
        } catch (TemporalFailure failure) {
            refusals.add(EndReason.of(failure).sentence());
            return Optional.empty();
        }
    }
}
