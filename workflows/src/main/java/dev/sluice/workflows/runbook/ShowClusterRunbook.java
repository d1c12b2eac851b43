package dev.sluice.workflows.runbook;

import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ClusterFile;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/show-cluster.md. */
final class ShowClusterRunbook implements ShowCluster {
    private final Patience patience;
    private final List<String> refusals = new ArrayList<>();
    private final Parts parts = new Parts();

    ShowClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ClusterReport run(ClusterFile file, @Nullable ChangePlan plan) {
        return new ClusterReport(
                Progress.now(),
                parts.ask(
                        "nodes",
                        List.of(),
                        () -> Reach.cloud(patience.brief(), "nodes").listNodes(file.name(), false)),
                parts.ask(
                        "members",
                        List.of(),
                        () -> Reach.membership(patience.check(), "members on every proxy")
                                .read(file.name())),
                parts.ask(
                        "records",
                        new Records(List.of(), List.of()),
                        () -> Reach.dns(patience.check(), file.serviceName())
                                .records(file.name(), file.domain(), file.service(), file.nameServer())),
                parts.ask(
                        "templates",
                        List.of(),
                        () -> Reach.cloud(patience.brief(), "templates").listTemplates(file.name())),
                plan == null ? Optional.empty() : check(plan),
                refusals,
                parts.unknown());
    }

    private Optional<PlanFacts> check(ChangePlan plan) {
        try {
            return Optional.of(Reach.cloud(patience.brief(), "whether it can be carried out")
                    .checkPlan(PlanCheck.question(plan)));
        } catch (TemporalFailure failure) {
            refusals.add(Reason.of(failure).sentence());
            return Optional.empty();
        }
    }
}
