package dev.sluice.starter.text;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakReport;
import java.util.ArrayList;
import java.util.List;

/** What was found without an owner. */
public final class LeaksText {
    private LeaksText() {}

    public static List<String> lines(LeakReport report, boolean fixed) {
        if (report.leaks().isEmpty()) {
            return List.of("No leaks.");
        }
        List<String> lines = new ArrayList<>();
        report.leaks().forEach(leak -> lines.add(line(leak)));
        long left = left(report);
        if (left > 0 && !fixed) {
            lines.add("%s.  Remove: %s".formatted(ChangeText.count(left, "leak"), Hints.fixLeaks()));
        } else if (left > 0) {
            lines.add("%s could not be removed.".formatted(ChangeText.count(left, "leak")));
        } else {
            lines.add("%s removed.".formatted(ChangeText.count(report.leaks().size(), "leak")));
        }
        return lines;
    }

    public static int exitCode(LeakReport report) {
        return left(report) == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static long left(LeakReport report) {
        return report.leaks().stream().filter(leak -> !leak.removed()).count();
    }

    private static String line(Leak leak) {
        String says = leak.says().isBlank() ? "" : "; " + StepText.clean(leak.says());
        return "%s %s: %s%s".formatted(leak.removed() ? "✔" : "✘", leak.what(), StepText.clean(leak.why()), says);
    }
}
