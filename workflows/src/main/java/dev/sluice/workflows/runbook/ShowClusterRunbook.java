package dev.sluice.workflows.runbook;

import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.model.ClusterFile;
import java.util.List;

/** See docs/runbooks/show-cluster.md. */
final class ShowClusterRunbook implements ShowCluster {
    private final Patience patience;
    private final Parts parts = new Parts();

    ShowClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ClusterReport run(ClusterFile file) {
        return new ClusterReport(
                Progress.now(),
                parts.ask(
                        "nodes",
                        List.of(),
                        () -> Reach.cloud(patience.brief(), "nodes").listNodes(file.name())),
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
                parts.unknown());
    }
}
