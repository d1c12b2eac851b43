package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.NodeEvidence;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

final class FakeNodes implements NodeActivities {
    private final Supplier<FakeWorld> now;

    FakeNodes(Supplier<FakeWorld> now) {
        this.now = now;
    }

    private ActivityJournal calls() {
        return now.get().calls;
    }

    @Override
    public BootReport firstBoot(FirstBootOrder order) {
        BootReport report = new BootReport(4, List.of("apache2"), "host key signed, 4 files written, apache2 started");
        return calls().act(() -> report, report);
    }

    @Override
    public Verdict inspect(InspectOrder order) {
        return calls().act(() -> now.get().look(order.node().name()), new Verdict(List.of(), Map.of()));
    }

    @Override
    public NodePingReport greet(FirstBootOrder configured) {
        NodePingReport greeting = new NodePingReport(configured.node().name(), 0, List.of());
        return calls().act(() -> greeting, greeting);
    }

    @Override
    public NodeEvidence collectEvidence(Node node) {
        NodeEvidence evidence =
                new NodeEvidence(List.of(new NodeEvidence.EvidencePiece("journal", "last lines of " + node.name())));
        return calls().act(() -> evidence, evidence);
    }

    @Override
    public Sha256Digest runRecipe(RecipeOrder order) {
        Sha256Digest manifest = new Sha256Digest("b".repeat(64));
        return calls().act(() -> manifest, manifest);
    }

    @Override
    public void cleanUp(Node node) {
        calls().act(() -> "", "");
    }
}
