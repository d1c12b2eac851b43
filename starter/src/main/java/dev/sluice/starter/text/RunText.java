package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the steps and the end of a run of any kind. */
public final class RunText {
    private static final String KEEP = "keep/";

    private RunText() {}

    /** The lines of one group of steps, with the node's name as heading. */
    public record NodeSection(Optional<String> node, List<StepText.StepLine> lines) {}

    /** Returns facts that became known after the first line, such as the template. */
    public static List<String> facts(RunView view) {
        return view.change().map(ChangeText::learnedFacts).orElse(List.of());
    }

    /** Returns the current lines of all groups of steps. */
    public static List<NodeSection> sections(RunView view, Instant now) {
        List<NodeSection> sections = new ArrayList<>();
        for (RunView.StepGroup part : view.parts()) {
            List<StepText.StepLine> lines = new ArrayList<>();
            for (int i = 0; i < part.steps().size(); i++) {
                String key = part.node().orElse("") + "/" + i;
                Optional<PendingRetry> retry = i == part.running() ? part.retry() : Optional.empty();
                lines.addAll(StepText.lines(key, part.steps().get(i), part.closing(), retry, now));
            }
            sections.add(new NodeSection(part.node(), lines));
        }
        return sections;
    }

    /** Returns the lines that state how the run ended and what to do next. */
    public static List<String> lastLines(Object report, Run run, Clock clock) {
        if (report instanceof ChangeReport change) {
            return ChangeText.lastLines(change, run, clock);
        }
        if (report instanceof BakeReport bake) {
            return bakeEnds(bake, run);
        }
        return nodeEnds((NodeReport) report, run);
    }

    /** Returns the commands that approve and reject the plan. */
    public static List<String> answerCommands(Optional<Sha256Digest> plan, Run run) {
        String digest = plan.map(value -> value.value().substring(0, CommandHints.DIGEST))
                .orElse("DIGEST");
        return List.of(
                "    %s".formatted(CommandHints.approve(run.displayName(), digest)),
                "    %s".formatted(CommandHints.reject(run.displayName())));
    }

    private static List<String> bakeEnds(BakeReport bake, Run run) {
        if (bake.outcome() == RunOutcome.DONE && bake.template().isPresent()) {
            String image = Long.toString(bake.template().get().image());
            return List.of("Baked %s, image %s.  Approve it before nodes are cloned from it: %s"
                    .formatted(bake.template().get().name(), image, CommandHints.approveTemplate(image)));
        }
        return plainEnds(bake.outcome(), bake.sentence(), bake.leftBehind(), run);
    }

    private static List<String> nodeEnds(NodeReport node, Run run) {
        return node.outcome() == RunOutcome.RUNNING && run.id().startsWith(KEEP)
                ? kept(node, run)
                : plainEnds(node.outcome(), node.reason(), node.leftBehind(), run);
    }

    /** Describes a failed node that is kept for inspection, and what to do with it. */
    private static List<String> kept(NodeReport node, Run run) {
        String deployed = "node/" + run.id().substring(KEEP.length());
        return List.of(
                node.sentence().isBlank()
                        ? "The node is being destroyed."
                        : SentenceFormat.withFullStop(node.sentence()),
                "Log in: %s".formatted(CommandHints.ssh(node.name().value())),
                "Evidence: %s".formatted(CommandHints.show(deployed)),
                "Destroy it now: %s".formatted(CommandHints.cancel(run.displayName())));
    }

    private static List<String> plainEnds(RunOutcome outcome, String sentence, List<String> left, Run run) {
        String why = SentenceFormat.withFullStop(sentence);
        return switch (outcome) {
            case RUNNING ->
                List.of("The run continues.  Watch it: %s".formatted(CommandHints.watch(run.displayName())));
            case DONE -> List.of("Done.  %s".formatted(why).strip());
            case RESTORED ->
                List.of(
                        "Not done, everything is as before.",
                        "Why: " + why,
                        "Next: " + CommandHints.show(run.displayName()));
            case NOT_RESTORED ->
                List.of(
                        "NOT restored.  Left behind: %s"
                                .formatted(SentenceFormat.withFullStop(
                                        left.isEmpty() ? sentence : String.join("; ", left))),
                        "Why: " + why,
                        "Remove it: %s".formatted(CommandHints.fixLeaks()));
            case REFUSED -> List.of("Refused: " + why);
            case REJECTED -> List.of("Not approved: " + why);
        };
    }
}
