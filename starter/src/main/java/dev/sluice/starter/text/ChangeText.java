package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.Run;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the first and the last lines of a change. */
public final class ChangeText {
    private ChangeText() {}

    /** Returns the line that states what the change will do. */
    public static String firstLine(ChangePlan plan) {
        String nodes = plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", "));
        String what = switch (plan.kind()) {
            case DEPLOY -> "%s into service".formatted(nodes);
            case RETIRE -> "%s out of service, then destroyed".formatted(nodes);
        };
        return "%s: %s, by %s%s".formatted(group(plan), what, plan.by(), reason(plan.reason()));
    }

    /** Returns the summary for Temporal's Web UI, as plain text because its timeline renders nothing else. */
    public static String summary(ChangePlan plan) {
        String nodes = plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", "));
        String way = plan.kind() == ChangePlan.ChangeKind.DEPLOY ? "into" : "out of";
        String reason = plan.reason().isBlank() ? "" : ": " + plan.reason();
        return "%s %s %s, by %s%s".formatted(nodes, way, group(plan), plan.by(), reason);
    }

    /** Returns the request as Markdown for Temporal's Web UI. */
    public static String details(ChangePlan plan) {
        return "- **requested** by %s at %s%n- **nodes** %s%n- **cluster file** %s%n"
                .formatted(
                        escaped(plan.by()),
                        TimeText.universal(plan.asked()),
                        plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", ")),
                        plan.file().digest().value().substring(0, CommandHints.DIGEST));
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

    /** Returns the members and the template, which are known once the plan is checked. */
    static List<String> learnedFacts(ChangeReport report) {
        if (report.plan().kind() == ChangePlan.ChangeKind.RETIRE
                || report.template().isEmpty()) {
            return List.of();
        }
        Template template = report.template().get();
        int after = report.membersBefore() + report.plan().nodes().size();
        return List.of("%s: %s → %d.  Template %s%s."
                .formatted(
                        group(report.plan()),
                        SentenceFormat.count(report.membersBefore(), "member"),
                        after,
                        template.name(),
                        template.approval()
                                .map(approval -> " (approved by %s)".formatted(approval.by()))
                                .orElse(" (not approved)")));
    }

    /** Returns the lines that state how the change ended and what to do next. */
    public static List<String> lastLines(ChangeReport report, Run run, Clock clock) {
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
            return List.of("The run continues.  Watch it: %s     Stop it: %s"
                    .formatted(CommandHints.watch(run.displayName()), CommandHints.cancel(run.displayName())));
        }
        ChangeReport.PendingApproval waiting = report.waiting().get();
        List<String> lines = new ArrayList<>();
        lines.add("Waiting for an approval until %s: %s."
                .formatted(TimeText.deadline(waiting.until(), clock), StepText.clean(waiting.what())));
        lines.addAll(answerCommands(report, run));
        return lines;
    }

    /** Returns the commands that approve and reject the plan. */
    static List<String> answerCommands(ChangeReport report, Run run) {
        return RunText.answerCommands(report.planDigest(), run);
    }

    private static String done(ChangeReport report) {
        String time = report.ended()
                .map(end -> " after %s".formatted(TimeText.duration(report.started(), end)))
                .orElse("");
        if (report.plan().kind() == ChangePlan.ChangeKind.RETIRE) {
            return "Retired%s.  %s.".formatted(time, has(report));
        }
        return inService(report)
                ? "In service%s.  %s.%s".formatted(time, has(report), undo(report))
                : "Done%s.  %s%s".formatted(time, SentenceFormat.withFullStop(report.sentence()), undo(report));
    }

    private static String has(ChangeReport report) {
        return "%s has %s".formatted(group(report.plan()), SentenceFormat.count(report.membersNow(), "member"));
    }

    /** An app node in a cluster without proxies ends ready but not in service, without probation. */
    private static boolean inService(ChangeReport report) {
        return report.nodes().stream()
                .allMatch(node -> node.steps().stream()
                        .anyMatch(step -> step.step() == Step.PROBATION && step.state() == StepReport.StepState.DONE));
    }

    private static String undo(ChangeReport report) {
        boolean one = report.plan().kind() == ChangePlan.ChangeKind.DEPLOY
                && report.plan().nodes().size() == 1;
        return one
                ? "  Undo with: %s"
                        .formatted(
                                CommandHints.retire(report.plan().nodes().get(0).value()))
                : "";
    }

    private static List<String> restored(ChangeReport report, Run run) {
        boolean deploys = report.plan().kind() == ChangePlan.ChangeKind.DEPLOY;
        long kept = report.nodes().stream()
                .filter(node -> node.outcome() == RunOutcome.DONE)
                .count();
        String first = kept > 0
                ? "%d of %d %s; the others left nothing behind."
                        .formatted(kept, report.plan().nodes().size(), deploys ? "in service" : "retired")
                : "Not %s, everything is as before.".formatted(deploys ? "deployed" : "retired");
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s%s".formatted(first, has(report), kept == 0 && deploys ? ", none was touched." : "."));
        lines.addAll(whys(report));
        lines.add("Next: %s (verdict, first-boot log, Apache's log)%s"
                .formatted(
                        CommandHints.show(run.displayName()),
                        deploys
                                ? "   or   %s   (another machine may be better)"
                                        .formatted(CommandHints.deploy(
                                                report.plan().role()))
                                : ""));
        return lines;
    }

    /** Returns each failed node's reason, or the change's if no node failed. */
    private static List<String> whys(ChangeReport report) {
        List<String> whys = report.nodes().stream()
                .filter(node ->
                        node.outcome() != RunOutcome.DONE && !node.sentence().isBlank())
                .map(node -> "Why: " + SentenceFormat.withFullStop(node.reason()))
                .toList();
        return whys.isEmpty() ? List.of("Why: " + SentenceFormat.withFullStop(report.sentence())) : whys;
    }

    private static List<String> notRestored(ChangeReport report, Run run) {
        String left = report.nodes().stream()
                .map(NodeReport::leftBehind)
                .flatMap(List::stream)
                .map(StepText::clean)
                .collect(Collectors.joining("; "));
        return List.of(
                "NOT restored.  Left behind: %s"
                        .formatted(SentenceFormat.withFullStop(left.isBlank() ? report.sentence() : left)),
                "Why: %s".formatted(SentenceFormat.withFullStop(report.sentence())),
                "Remove it: %s     Details: %s"
                        .formatted(CommandHints.fixLeaks(), CommandHints.show(run.displayName())));
    }

    private static List<String> refused(String word, ChangeReport report, Run run) {
        return List.of(
                "%s: %s"
                        .formatted(
                                word,
                                SentenceFormat.withFullStop(
                                        SentenceFormat.withoutPrefix("Refused: ", report.sentence()))),
                "Next: %s"
                        .formatted(report.failure()
                                .map(FailureType::advice)
                                .orElse(CommandHints.show(run.displayName()))));
    }
}
