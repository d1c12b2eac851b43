package dev.sluice.worker;

import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what the gate found, by check and status, while another class does the work. */
final class CountedNodes implements NodeActivities {
    private final NodeActivities nodes;
    private final MeterRegistry meters;

    CountedNodes(NodeActivities nodes, MeterRegistry meters) {
        this.nodes = nodes;
        this.meters = meters;
    }

    @Override
    public Verdict inspect(InspectOrder order) {
        Verdict verdict = nodes.inspect(order);
        verdict.results()
                .forEach(result -> meters.counter(
                                "sluice.gate.checks",
                                "check",
                                result.check(),
                                "status",
                                result.status().name().toLowerCase(Locale.ROOT))
                        .increment());
        return verdict;
    }

    @Override
    public BootReport firstBoot(FirstBootOrder order) {
        return nodes.firstBoot(order);
    }

    @Override
    public Greeting greet(FirstBootOrder configured) {
        return nodes.greet(configured);
    }

    @Override
    public Evidence collectEvidence(Node node) {
        return nodes.collectEvidence(node);
    }

    @Override
    public Digest runRecipe(RecipeOrder order) {
        return nodes.runRecipe(order);
    }

    @Override
    public void cleanUp(Node node) {
        nodes.cleanUp(node);
    }
}
