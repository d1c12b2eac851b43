package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteJob;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Runs a bake's recipe as a named job and returns the digest of the package manifest. */
final class RecipeJob {
    private static final String PROGRAM = NodeScripts.read("recipe.sh");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final NodeShells shells;
    private final FileRenderer files;
    private final Clock clock;

    RecipeJob(NodeShells shells, FileRenderer files, Clock clock) {
        this.shells = shells;
        this.files = files;
        this.clock = clock;
    }

    Sha256Digest run(RecipeOrder order) {
        Node node = order.node();
        String payload = payload(
                files.render(node, order.bake().files(), order.values()),
                order.bake().recipe());
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            Shell shell = shells.openAtFirstBoot(node).withHeartbeat(beats);
            RetryUntilReachable reachable =
                    RetryUntilReachable.of(beats, FirstBootJob.ARRIVAL, FailureType.NODE_UNREACHABLE);
            RemoteJob remote = new RemoteJob(shell, job(payload));
            String output = new RefusedLogin(beats, clock)
                    .limit(() -> reachable.await(() -> remote.finish(node, PROGRAM, payload, LIMIT)));
            return output.lines()
                    .filter(line -> line.startsWith("manifest "))
                    .reduce((earlier, later) -> later)
                    .map(line -> new Sha256Digest(line.substring("manifest ".length())))
                    .orElseThrow(() -> TypedFailures.of(
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
        return "recipe-" + Sha256Digest.of(PROGRAM + payload).value().substring(0, 12);
    }
}
