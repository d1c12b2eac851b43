package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.text.TimeText;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.schedule.ScheduleStatus;
import dev.sluice.workflows.schedule.ScheduledRunbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Derives findings about a cluster's schedules: a paused one reports nothing. */
final class ScheduleFindings {
    private static final String WHAT = "schedules";

    private ScheduleFindings() {}

    /** Returns a finding for each schedule that is paused, missing or not as the file wants it, else one for all. */
    static List<DoctorFinding> of(ClusterFile file, List<ScheduleStatus> schedules) {
        List<DoctorFinding> findings = new ArrayList<>();
        schedules.stream()
                .filter(ScheduleStatus::paused)
                .map(ScheduleFindings::paused)
                .forEach(findings::add);
        if (!schedules.isEmpty()) {
            findings.addAll(differing(file, schedules));
        }
        return findings.isEmpty() ? List.of(DoctorFinding.ok(WHAT, all(schedules))) : findings;
    }

    /** Returns the difference to the cluster file; each is repaired by setting the schedules. */
    static List<DoctorFinding> differing(ClusterFile file, List<ScheduleStatus> schedules) {
        return ScheduledRunbook.ALL.stream()
                .flatMap(wanted -> difference(
                        wanted,
                        wanted.every().apply(file),
                        schedules.stream()
                                .filter(one -> one.name().equals(wanted.name()))
                                .findFirst())
                        .stream())
                .map(difference -> DoctorFinding.warn(
                        WHAT, "%s.  Set it again: %s".formatted(difference, CommandHints.setSchedules())))
                .toList();
    }

    private static Optional<String> difference(
            ScheduledRunbook wanted, Optional<Duration> every, Optional<ScheduleStatus> found) {
        if (every.isEmpty()) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            return Optional.of("%s is missing and reports nothing, expected every %s"
                    .formatted(wanted.name(), TimeText.duration(every.get())));
        }
        ScheduleStatus one = found.get();
        if (!one.every().equals(every.get())) {
            return Optional.of("%s runs every %s, the cluster file says every %s"
                    .formatted(one.name(), TimeText.duration(one.every()), TimeText.duration(every.get())));
        }
        return one.starts().equals(wanted.starts())
                ? Optional.empty()
                : Optional.of("%s starts %s, expected %s".formatted(one.name(), one.starts(), wanted.starts()));
    }

    private static DoctorFinding paused(ScheduleStatus one) {
        return DoctorFinding.warn(
                WHAT,
                "%s is paused and reports nothing: %s.  Resume it: %s"
                        .formatted(one.name(), one.note(), CommandHints.resumeSchedule(one.name())));
    }

    private static String all(List<ScheduleStatus> schedules) {
        return schedules.isEmpty()
                ? "none yet; the first completed change sets them, or %s".formatted(CommandHints.setSchedules())
                : schedules.stream()
                        .map(one -> "%s every %s".formatted(one.name(), TimeText.duration(one.every())))
                        .collect(Collectors.joining(", "));
    }
}
