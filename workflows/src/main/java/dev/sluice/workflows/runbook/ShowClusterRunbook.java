package dev.sluice.workflows.runbook;

import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.model.ClusterFile;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** See docs/runbooks/show-cluster.md: each part in its own try, since half an answer is better than none. */
final class ShowClusterRunbook implements ShowCluster {
    private final Patience patience;
    private final List<String> unknown = new ArrayList<>();

    ShowClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ClusterReport run(ClusterFile file) {
        return new ClusterReport(
                Progress.now(),
                part(
                        "nodes",
                        List.of(),
                        () -> Reach.cloud(patience.brief(), "nodes").listNodes(file.name(), false)),
                part(
                        "members",
                        List.of(),
                        () -> Reach.membership(patience.check(), "members on every proxy")
                                .read(file.name())),
                part(
                        "records",
                        new Records(List.of(), List.of()),
                        () -> Reach.dns(patience.check(), file.serviceName())
                                .records(file.name(), file.domain(), file.service(), file.nameServer())),
                part(
                        "templates",
                        List.of(),
                        () -> Reach.cloud(patience.brief(), "templates").listTemplates(file.name())),
                unknown);
    }

    private <T> T part(String what, T nothing, Supplier<T> ask) {
        try {
            return ask.get();
        } catch (TemporalFailure failure) {
            unknown.add("%s: %s".formatted(what, Reason.of(failure).sentence()));
            return nothing;
        }
    }
}
