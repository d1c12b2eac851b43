package dev.sluice.starter.text;

import dev.sluice.workflows.model.BakeReport;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The story of a run, whatever it is of. */
public final class RunText {
    private static final String KEEP = "keep/";

    private RunText() {}

    /** One part's lines with the node's name as heading. */
    public record Chapter(Optional<String> node, List<StepText.Line> lines) {}

    /** All of it, as it stands now. */
    public static List<Chapter> story(RunView view, Instant now) {
        List<Chapter> chapters = new ArrayList<>();
        for (RunView.Part part : view.parts()) {
            List<StepText.Line> lines = new ArrayList<>();
            for (int i = 0; i < part.steps().size(); i++) {
                String key = part.node().orElse("") + "/" + i;
                Optional<Retry> retry = i == part.running() ? part.retry() : Optional.empty();
                lines.addAll(StepText.lines(key, part.steps().get(i), part.closing(), retry, now));
            }
            chapters.add(new Chapter(part.node(), lines));
        }
        return chapters;
    }

    /** How it ended and what to do next. */
    public static List<String> ends(Object report, Run run, Clock clock) {
        if (report instanceof ChangeReport change) {
            return ChangeText.ends(change, run, clock);
        }
        if (report instanceof BakeReport bake) {
            return bakeEnds(bake, run);
        }
        return nodeEnds((NodeReport) report, run);
    }

    /** The two commands that answer what a run waits for. */
    public static List<String> answers(Optional<Digest> plan, Run run) {
        String digest =
                plan.map(value -> value.value().substring(0, Hints.DIGEST)).orElse("DIGEST");
        return List.of(
                "    %s".formatted(Hints.approve(run.shown(), digest)), "    %s".formatted(Hints.reject(run.shown())));
    }

    private static List<String> bakeEnds(BakeReport bake, Run run) {
        if (bake.outcome() == Outcome.DONE && bake.template().isPresent()) {
            String image = Long.toString(bake.template().get().image());
            return List.of("Baked %s, image %s.  Nothing is cloned from it before: %s"
                    .formatted(bake.template().get().name(), image, Hints.approveTemplate(image)));
        }
        return plainEnds(bake.outcome(), bake.sentence(), bake.leftBehind(), run);
    }

    private static List<String> nodeEnds(NodeReport node, Run run) {
        return node.outcome() == Outcome.RUNNING && run.id().startsWith(KEEP)
                ? kept(node, run)
                : plainEnds(node.outcome(), node.why(), node.leftBehind(), run);
    }

    /** A failed node that somebody may look at: how, and what to do then. */
    private static List<String> kept(NodeReport node, Run run) {
        String deployed = "node/" + run.id().substring(KEEP.length());
        return List.of(
                node.sentence().isBlank() ? "It is being destroyed." : Sentence.ended(node.sentence()),
                "Look at it: %s".formatted(Hints.ssh(node.name().value())),
                "What was seen of it: %s".formatted(Hints.show(deployed)),
                "Destroy it now: %s".formatted(Hints.cancel(run.shown())));
    }

    private static List<String> plainEnds(Outcome outcome, String sentence, List<String> left, Run run) {
        String why = Sentence.ended(sentence);
        return switch (outcome) {
            case RUNNING -> List.of("It goes on.  Watch it: %s".formatted(Hints.watch(run.shown())));
            case DONE -> List.of("Done.  %s".formatted(why).strip());
            case RESTORED ->
                List.of("Not done, everything is as before.", "Why: " + why, "Next: " + Hints.show(run.shown()));
            case NOT_RESTORED ->
                List.of(
                        "NOT restored.  Left behind: %s"
                                .formatted(Sentence.ended(left.isEmpty() ? sentence : String.join("; ", left))),
                        "Why: " + why,
                        "Remove it: %s".formatted(Hints.fixLeaks()));
            case REFUSED -> List.of("Refused: " + why);
            case REJECTED -> List.of("Not approved: " + why);
        };
    }
}
