package dev.sluice.starter.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the doctor concludes of the names that workers give Temporal: {@code sluice-worker VERSION PROCESS@HOST}. */
final class WorkerFindings {
    private static final Pattern NAME = Pattern.compile("sluice-worker (\\S+) (\\S+)");

    private WorkerFindings() {}

    /** The version is this command line's own. */
    public static DoctorFinding check(List<String> pollers, String version) {
        if (pollers.isEmpty()) {
            return DoctorFinding.stops("workers", "none polls Sluice's task queue; start one: ./sluice worker");
        }
        String says = "%d seen lately: %s".formatted(pollers.size(), String.join(", ", pollers));
        List<String> others = pollers.stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .filter(name -> !name.group(1).equals(version))
                .map(name -> name.group(2))
                .toList();
        return others.isEmpty()
                ? DoctorFinding.ok("workers", says)
                : DoctorFinding.warn(
                        "workers",
                        "%s; %s %s of another version than this command line (%s): see docs/how-to/upgrade.md"
                                .formatted(
                                        says, String.join(", ", others), others.size() == 1 ? "is" : "are", version));
    }
}
