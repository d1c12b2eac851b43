package dev.sluice.starter.audit;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.text.StepText;
import java.util.ArrayList;
import java.util.List;

/** Writes an audit as lines. */
final class AuditText {
    private AuditText() {}

    public static List<String> lines(List<RunAudit> audits) {
        List<String> lines = new ArrayList<>();
        for (RunAudit audit : audits) {
            lines.add(audit.run());
            audit.promises().forEach(promise -> {
                lines.add("  %s %s".formatted(mark(promise.state()), promise.words()));
                lines.add("      %s".formatted(StepText.clean(promise.evidence())));
            });
            lines.add("");
        }
        lines.add(ends(audits));
        return lines;
    }

    /** Returns 8 if a promise was broken, or could not be checked and may be broken. */
    public static int exitCode(List<RunAudit> audits) {
        return audits.stream().anyMatch(audit -> audit.hasBroken() || audit.hasUnknown())
                ? ExitCode.FINDINGS
                : ExitCode.DONE;
    }

    private static String ends(List<RunAudit> audits) {
        long kept = count(audits, AuditCheck.CheckState.KEPT);
        long broken = count(audits, AuditCheck.CheckState.BROKEN);
        long unknown = count(audits, AuditCheck.CheckState.UNKNOWN);
        return "%d kept, %d broken, %d unknown.%s"
                .formatted(kept, broken, unknown, broken == 0 ? "" : "  Find leaks: " + CommandHints.leaks());
    }

    private static long count(List<RunAudit> audits, AuditCheck.CheckState state) {
        return audits.stream()
                .flatMap(audit -> audit.promises().stream())
                .filter(promise -> promise.state() == state)
                .count();
    }

    private static String mark(AuditCheck.CheckState state) {
        return switch (state) {
            case KEPT -> "✔";
            case BROKEN -> "✘";
            case DOES_NOT_APPLY -> "–";
            case UNKNOWN -> "?";
        };
    }
}
