package dev.sluice.starter.text;

import dev.sluice.starter.audit.Audit;
import dev.sluice.starter.audit.Promise;
import java.util.ArrayList;
import java.util.List;

/** An audit as the operator reads it. */
public final class AuditText {
    private AuditText() {}

    public static List<String> lines(List<Audit> audits) {
        List<String> lines = new ArrayList<>();
        for (Audit audit : audits) {
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

    /** What could not be read is a finding, too: it is not known to be kept. */
    public static int exitCode(List<Audit> audits) {
        return audits.stream().anyMatch(audit -> audit.broken() || audit.unknown()) ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static String ends(List<Audit> audits) {
        long kept = count(audits, Promise.State.KEPT);
        long broken = count(audits, Promise.State.BROKEN);
        long unknown = count(audits, Promise.State.UNKNOWN);
        return "%d kept, %d broken, %d unknown.%s"
                .formatted(kept, broken, unknown, broken == 0 ? "" : "  What is left now: " + Hints.leaks());
    }

    private static long count(List<Audit> audits, Promise.State state) {
        return audits.stream()
                .flatMap(audit -> audit.promises().stream())
                .filter(promise -> promise.state() == state)
                .count();
    }

    private static String mark(Promise.State state) {
        return switch (state) {
            case KEPT -> "✔";
            case BROKEN -> "✘";
            case DOES_NOT_APPLY -> "–";
            case UNKNOWN -> "?";
        };
    }
}
