package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Writes the orphaned resources that a run found. */
public final class LeaksText {
    private LeaksText() {}

    /** Returns the lines of a run that only looked for orphaned resources. */
    public static List<String> lines(LeakReport report) {
        return lines(report, "%s.  Remove: " + CommandHints.fixLeaks());
    }

    /** Returns the lines of a run that also removed them. */
    public static List<String> linesAfterFix(LeakReport report) {
        return lines(report, "%s could not be removed.");
    }

    private static List<String> lines(LeakReport report, String whatToDo) {
        if (report.leaks().isEmpty()) {
            return List.of("No leaks.");
        }
        List<String> lines = new ArrayList<>();
        report.leaks().forEach(leak -> lines.add(line(leak)));
        String left = count(report, leak -> !leak.removed() && !leak.forPerson());
        String forPerson = count(report, leak -> !leak.removed() && leak.forPerson());
        String removed = count(report, Leak::removed);
        if (!left.isEmpty()) {
            lines.add(whatToDo.formatted(left));
        } else if (!removed.isEmpty()) {
            lines.add("%s removed.".formatted(removed));
        }
        if (!forPerson.isEmpty()) {
            lines.add("Needs a manual decision: %s, which --fix does not remove.".formatted(forPerson));
        }
        return lines;
    }

    /** Returns the count as text; empty for none. */
    private static String count(LeakReport report, Predicate<Leak> which) {
        long count = report.leaks().stream().filter(which).count();
        return count == 0 ? "" : SentenceFormat.count(count, "leak");
    }

    public static int exitCode(LeakReport report) {
        return report.leaks().stream().allMatch(Leak::removed) ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static String line(Leak leak) {
        String says = leak.says().isBlank() ? "" : "; " + StepText.clean(leak.says());
        return "%s %s: %s%s".formatted(leak.removed() ? "✔" : "✘", leak.what(), StepText.clean(leak.why()), says);
    }
}
