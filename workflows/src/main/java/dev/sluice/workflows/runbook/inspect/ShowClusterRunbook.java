package dev.sluice.workflows.runbook.inspect;

import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.CloudActivities.PlanQuestion;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.TruthActivities.TruthOrder;
import dev.sluice.workflows.activity.TruthActivities.VisitOrder;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.truth.TruthReport;
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
                parts.read(
                        "nodes", List.of(), () -> ActivityStubs.listNodes(patience.shortCall(), "nodes", file.name())),
                parts.read(
                        "members",
                        List.of(),
                        () -> ActivityStubs.membership(patience.quickCheck(), "members on every proxy")
                                .read(file.name())),
                parts.read(
                        "records",
                        new PublishedRecords(List.of(), List.of()),
                        () -> ActivityStubs.dns(patience.quickCheck(), file.serviceName())
                                .records(file.name(), file.domain(), file.service(), file.nameServer())),
                new ServiceView(
                        parts.read(
                                "truths",
                                TruthReport.EMPTY,
                                () -> ActivityStubs.truth(patience.quickCheck(), "whether the truths agree")
                                        .compare(TruthOrder.of(file, List.of()))),
                        parts.read(
                                "what clients get",
                                List.of(),
                                () -> ActivityStubs.truth(patience.quickCheck(), "what clients get")
                                        .visit(VisitOrder.of(file)))),
                parts.read(
                        "templates",
                        List.of(),
                        () -> ActivityStubs.cloud(patience.shortCall(), "templates")
                                .listTemplates(file.name())),
                plan == null ? Optional.empty() : check(plan),
                refusals,
                parts.unknown());
    }

    private Optional<PlanFacts> check(ChangePlan plan) {
        try {
            return Optional.of(ActivityStubs.cloud(patience.shortCall(), "whether the plan can be executed")
                    .checkPlan(PlanQuestion.of(plan)));
        } catch (TemporalFailure failure) {
            refusals.add(EndReason.of(failure).sentence());
            return Optional.empty();
        }
    }
}
