package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.secret.Secrets;
import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Command;
import dev.sluice.activities.ssh.HostAuthority;
import dev.sluice.activities.ssh.Scripts;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.activities.template.Renderer;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** What is done on a node, over SSH: each activity hands over to the class of its name. */
public final class RemoteNodes implements NodeActivities, AutoCloseable {
    private static final String CLEAN_UP = Scripts.of(RemoteNodes.class, "clean-up.sh");
    private static final Duration CLEANING = Duration.ofMinutes(1);

    private final Shells shells;
    private final Siblings siblings;
    private final FirstBoot firstBoot;
    private final Inspection inspection;
    private final Recipe recipe;
    private final EvidenceCollection evidence;
    private final Greetings greetings;
    private final Consumer<Verdict> onVerdict;

    /** {@code onVerdict} is told what each look of the gate found. */
    public RemoteNodes(
            Shells shells, HostAuthority authority, Secrets secrets, Clock clock, Consumer<Verdict> onVerdict) {
        Files files = new Files(new Renderer(), secrets);
        this.shells = shells;
        this.siblings = new Siblings(shells, clock);
        this.firstBoot = new FirstBoot(shells, authority, files);
        this.inspection = new Inspection(shells, files, siblings, clock);
        this.recipe = new Recipe(shells, files);
        this.evidence = new EvidenceCollection(shells);
        this.greetings = new Greetings(shells, files, clock);
        this.onVerdict = onVerdict;
    }

    @Override
    public BootReport firstBoot(FirstBootOrder order) {
        return firstBoot.of(order);
    }

    @Override
    public Verdict inspect(InspectOrder order) {
        Verdict verdict = inspection.of(order);
        onVerdict.accept(verdict);
        return verdict;
    }

    @Override
    public Greeting greet(FirstBootOrder configured) {
        return greetings.of(configured);
    }

    @Override
    public Evidence collectEvidence(Node node) {
        return evidence.of(node);
    }

    @Override
    public Digest runRecipe(RecipeOrder order) {
        return recipe.run(order);
    }

    @Override
    public void cleanUp(Node node) {
        try (Heartbeats beats = Heartbeats.start()) {
            Answer answer = shells.openAtFirstBoot(node).beating(beats).run(Command.script(CLEAN_UP), CLEANING);
            if (!answer.succeeded() || !answer.out().contains("clean")) {
                throw Failures.of(
                        FailureType.COMMAND_FAILED,
                        "%s: the clean-up exited with %d: %s"
                                .formatted(
                                        node.name(), answer.exit(), answer.err().strip()));
            }
        }
    }

    @Override
    public void close() {
        siblings.close();
    }
}
