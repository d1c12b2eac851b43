package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

final class FakeNodes implements NodeActivities {
    private final Supplier<FakeWorld> now;

    FakeNodes(Supplier<FakeWorld> now) {
        this.now = now;
    }

    private Calls calls() {
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
    public Greeting greet(FirstBootOrder configured) {
        Greeting greeting = new Greeting(configured.node().name(), 0, List.of());
        return calls().act(() -> greeting, greeting);
    }

    @Override
    public Evidence collectEvidence(Node node) {
        Evidence evidence = new Evidence(List.of(new Evidence.Piece("journal", "last words of " + node.name())));
        return calls().act(() -> evidence, evidence);
    }

    @Override
    public Digest runRecipe(RecipeOrder order) {
        Digest manifest = new Digest("b".repeat(64));
        return calls().act(() -> manifest, manifest);
    }

    @Override
    public void cleanUp(Node node) {
        calls().act(() -> "", "");
    }
}
