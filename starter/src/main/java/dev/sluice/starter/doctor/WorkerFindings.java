package dev.sluice.starter.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the workers by the names that they report to Temporal: {@code sluice-worker VERSION PROCESS@HOST}. */
final class WorkerFindings {
    private static final Pattern NAME = Pattern.compile("sluice-worker (\\S+) (\\S+)");

    private WorkerFindings() {}

    /** Returns whether workers exist and all have the version, which is this command line's own. */
    public static DoctorFinding check(List<String> pollers, String version) {
        if (pollers.isEmpty()) {
            return DoctorFinding.stops("workers", "no worker polls Sluice's task queue; start one: ./sluice worker");
        }
        String seen = "%d polled within the last minutes: %s".formatted(pollers.size(), String.join(", ", pollers));
        List<String> others = pollers.stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .filter(name -> !name.group(1).equals(version))
                .map(name -> name.group(2))
                .toList();
        return others.isEmpty()
                ? DoctorFinding.ok("workers", seen)
                : DoctorFinding.warn(
                        "workers",
                        "%s; not of this command line's version %s: %s; see docs/how-to/upgrade.md"
                                .formatted(seen, version, String.join(", ", others)));
    }
}
