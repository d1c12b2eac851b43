package dev.sluice.starter.text;

import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport;
import dev.sluice.workflows.model.Template;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The first and the last lines of a change. */
public final class ChangeText {
    private ChangeText() {}

    /** What will happen, before anything has. */
    public static String begins(ChangePlan plan) {
        String nodes = plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", "));
        String what = switch (plan.kind()) {
            case DEPLOY -> "%s into service".formatted(nodes);
            case RETIRE -> "%s out of service, then destroyed".formatted(nodes);
        };
        return "%s: %s, by %s%s".formatted(group(plan), what, plan.by(), reason(plan.reason()));
    }

    /** For Temporal's Web UI: plain text, since its timeline renders nothing else. */
    public static String summary(ChangePlan plan) {
        String nodes = plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", "));
        String way = plan.kind() == ChangePlan.Kind.DEPLOY ? "into" : "out of";
        String reason = plan.reason().isBlank() ? "" : ": " + plan.reason();
        return "%s %s %s, by %s%s".formatted(nodes, way, group(plan), plan.by(), reason);
    }

    /** For Temporal's Web UI, which renders these as Markdown: what was asked for. */
    public static String details(ChangePlan plan) {
        return "- **asked** by %s at %s%n- **nodes** %s%n- **cluster file** %s%n"
                .formatted(
                        escaped(plan.by()),
                        Times.universal(plan.asked()),
                        plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", ")),
                        plan.file().digest().value().substring(0, Hints.DIGEST));
    }

    private static String escaped(String text) {
        return StepText.clean(text).replaceAll("([\\\\`*_\\[\\]<>#])", "\\\\$1");
    }

    static String group(ChangePlan plan) {
        return "%s / %s".formatted(plan.file().name(), plan.role());
    }

    static String reason(String reason) {
        return reason.isBlank() ? "" : ": " + StepText.clean(reason);
    }

    /** Known once the plan is checked. */
    static List<String> told(ChangeReport report) {
        if (report.plan().kind() == ChangePlan.Kind.RETIRE || report.template().isEmpty()) {
            return List.of();
        }
        Template template = report.template().get();
        int after = report.membersBefore() + report.plan().nodes().size();
        return List.of("%s: %s → %d.  Template %s%s."
                .formatted(
                        group(report.plan()),
                        count(report.membersBefore(), "member"),
                        after,
                        template.name(),
                        template.approval()
                                .map(approval -> " (approved by %s)".formatted(approval.by()))
                                .orElse(" (not approved)")));
    }

    /** How it ended and what to do next. */
    public static List<String> ends(ChangeReport report, Run run, Clock clock) {
        return switch (report.outcome()) {
            case RUNNING -> waits(report, run, clock);
            case DONE -> List.of(done(report));
            case RESTORED -> restored(report, run);
            case NOT_RESTORED -> notRestored(report, run);
            case REFUSED -> refused("Refused", report, run);
            case REJECTED -> refused("Not approved", report, run);
        };
    }

    private static List<String> waits(ChangeReport report, Run run, Clock clock) {
        if (report.waiting().isEmpty()) {
            return List.of("It goes on.  Watch it: %s     Stop it: %s"
                    .formatted(Hints.watch(run.shown()), Hints.cancel(run.shown())));
        }
        ChangeReport.Waiting waiting = report.waiting().get();
        List<String> lines = new ArrayList<>();
        lines.add("Waiting for a person until %s: %s."
                .formatted(Times.deadline(waiting.until(), clock), StepText.clean(waiting.what())));
        lines.addAll(answers(report, run));
        return lines;
    }

    /** The two commands that answer what it waits for. */
    static List<String> answers(ChangeReport report, Run run) {
        return RunText.answers(report.planDigest(), run);
    }

    private static String done(ChangeReport report) {
        String time = report.ended()
                .map(end -> " after %s".formatted(Times.length(report.started(), end)))
                .orElse("");
        if (report.plan().kind() == ChangePlan.Kind.RETIRE) {
            return "Retired%s.  %s.".formatted(time, has(report));
        }
        return inService(report)
                ? "In service%s.  %s.%s".formatted(time, has(report), undo(report))
                : "Done%s.  %s%s".formatted(time, Sentence.ended(report.sentence()), undo(report));
    }

    private static String has(ChangeReport report) {
        return "%s has %s".formatted(group(report.plan()), count(report.membersNow(), "member"));
    }

    /** An app node without any proxy yet ends ready, yet out of service: it went through no probation. */
    private static boolean inService(ChangeReport report) {
        return report.nodes().stream()
                .allMatch(node -> node.steps().stream()
                        .anyMatch(step -> step.step() == Step.PROBATION && step.state() == StepReport.State.DONE));
    }

    private static String undo(ChangeReport report) {
        boolean one = report.plan().kind() == ChangePlan.Kind.DEPLOY
                && report.plan().nodes().size() == 1;
        return one
                ? "  Undo with: %s"
                        .formatted(Hints.retire(report.plan().nodes().get(0).value()))
                : "";
    }

    private static List<String> restored(ChangeReport report, Run run) {
        boolean deploys = report.plan().kind() == ChangePlan.Kind.DEPLOY;
        long kept = report.nodes().stream()
                .filter(node -> node.outcome() == Outcome.DONE)
                .count();
        String first = kept > 0
                ? "%d of %d %s; of the others nothing is left behind."
                        .formatted(kept, report.plan().nodes().size(), deploys ? "in service" : "retired")
                : "Not %s, everything is as before.".formatted(deploys ? "deployed" : "retired");
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s%s".formatted(first, has(report), kept == 0 && deploys ? ", none was touched." : "."));
        lines.addAll(whys(report));
        lines.add("Next: %s (verdict, first-boot log, Apache's log)%s"
                .formatted(
                        Hints.show(run.shown()),
                        deploys
                                ? "   or   %s   (another machine may be better)"
                                        .formatted(Hints.deploy(report.plan().role()))
                                : ""));
        return lines;
    }

    /** Each failed node's own sentence; the change's if none failed. */
    private static List<String> whys(ChangeReport report) {
        List<String> whys = report.nodes().stream()
                .filter(node ->
                        node.outcome() != Outcome.DONE && !node.sentence().isBlank())
                .map(node -> "Why: " + Sentence.ended(node.why()))
                .toList();
        return whys.isEmpty() ? List.of("Why: " + Sentence.ended(report.sentence())) : whys;
    }

    private static List<String> notRestored(ChangeReport report, Run run) {
        String left = report.nodes().stream()
                .map(NodeReport::leftBehind)
                .flatMap(List::stream)
                .map(StepText::clean)
                .collect(Collectors.joining("; "));
        return List.of(
                "NOT restored.  Left behind: %s".formatted(Sentence.ended(left.isBlank() ? report.sentence() : left)),
                "Why: %s".formatted(Sentence.ended(report.sentence())),
                "Remove it: %s     Read more: %s".formatted(Hints.fixLeaks(), Hints.show(run.shown())));
    }

    private static List<String> refused(String word, ChangeReport report, Run run) {
        return List.of(
                "%s: %s".formatted(word, Sentence.ended(Sentence.without("Refused: ", report.sentence()))),
                "Next: %s".formatted(report.failure().map(FailureType::advice).orElse(Hints.show(run.shown()))));
    }

    static String count(long number, String thing) {
        return "%d %s%s".formatted(number, thing, number == 1 ? "" : "s");
    }
}
