package dev.sluice.activities.node;

import dev.sluice.activities.node.gate.NodeInspection;
import dev.sluice.activities.secret.SecretStore;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.NodeEvidence;
import java.time.Clock;
import java.util.function.Consumer;

/** The activities on nodes over SSH; each delegates to the class of its name. */
public final class SshNodeActivities implements NodeActivities, AutoCloseable {
    private final FirstBootJob firstBoot;
    private final NodeInspection inspection;
    private final RecipeJob recipe;
    private final TemplatePreparation preparation;
    private final EvidenceCollection evidence;
    private final NodePing greetings;
    private final Consumer<Verdict> onVerdict;

    /** {@code onVerdict} receives the verdict of each inspection. */
    public SshNodeActivities(
            NodeShells shells,
            HostCertificateAuthority authority,
            SecretStore secrets,
            Clock clock,
            Consumer<Verdict> onVerdict) {
        FileRenderer files = new FileRenderer(secrets);
        this.firstBoot = new FirstBootJob(shells, authority, files, clock);
        this.inspection = new NodeInspection(shells, files, clock);
        this.recipe = new RecipeJob(shells, files, clock);
        this.preparation = new TemplatePreparation(shells);
        this.evidence = new EvidenceCollection(shells);
        this.greetings = new NodePing(shells, files, clock);
        this.onVerdict = onVerdict;
    }

    @Override
    public BootReport firstBoot(FirstBootOrder order) {
        return firstBoot.run(order);
    }

    @Override
    public Verdict inspect(InspectOrder order) {
        Verdict verdict = inspection.inspect(order);
        onVerdict.accept(verdict);
        return verdict;
    }

    @Override
    public NodePingReport greet(FirstBootOrder configured) {
        return greetings.ping(configured);
    }

    @Override
    public NodeEvidence collectEvidence(Node node) {
        return evidence.collect(node);
    }

    @Override
    public Sha256Digest runRecipe(RecipeOrder order) {
        return recipe.run(order);
    }

    @Override
    public void cleanUp(Node node) {
        preparation.cleanUp(node);
    }

    @Override
    public void close() {
        inspection.close();
    }
}
