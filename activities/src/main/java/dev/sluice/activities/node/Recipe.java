package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Job;
import dev.sluice.activities.ssh.Scripts;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Runs a bake's recipe as a named job, and what must be gone before the snapshot. */
final class Recipe {
    private static final String PROGRAM = Scripts.of(Recipe.class, "recipe.sh");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Shells shells;
    private final Files files;

    Recipe(Shells shells, Files files) {
        this.shells = shells;
        this.files = files;
    }

    Digest run(RecipeOrder order) {
        Node node = order.node();
        String payload = payload(
                files.of(node, order.bake().files(), order.values()),
                order.bake().recipe());
        try (Heartbeats beats = Heartbeats.start()) {
            Shell shell = shells.openAtFirstBoot(node).beating(beats);
            String said = Arrival.of(beats, FirstBoot.ARRIVAL, FailureType.NODE_UNREACHABLE)
                    .await(() -> new Job(shell, job(payload)).finish(node, PROGRAM, payload, LIMIT));
            return said.lines()
                    .filter(line -> line.startsWith("manifest "))
                    .reduce((earlier, later) -> later)
                    .map(line -> new Digest(line.substring("manifest ".length())))
                    .orElseThrow(() -> Failures.of(
                            FailureType.COMMAND_FAILED,
                            "%s: the recipe's job ended without a manifest".formatted(node.name())));
        }
    }

    static String payload(List<RenderedFile> files, String recipe) {
        StringBuilder lines = new StringBuilder();
        files.forEach(file -> lines.append(file.lines()));
        String text = Base64.getEncoder().encodeToString(recipe.getBytes(StandardCharsets.UTF_8));
        return lines.append("recipe ")
                .append(text.isEmpty() ? "-" : text)
                .append("\nend\n")
                .toString();
    }

    static String job(String payload) {
        return "recipe-" + Sha256.of(PROGRAM + payload).substring(0, 12);
    }
}
