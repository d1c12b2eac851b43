package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.text.TimeText;
import dev.sluice.workflows.schedule.ScheduleStatus;
import java.util.List;
import java.util.stream.Collectors;

/** What the doctor concludes of a cluster's schedules: while one is paused, what it looks for is told to nobody. */
final class ScheduleFindings {
    private static final String WHAT = "schedules";

    private ScheduleFindings() {}

    /** A line for each paused one, else one for all. */
    public static List<DoctorFinding> of(List<ScheduleStatus> schedules) {
        List<DoctorFinding> paused = schedules.stream()
                .filter(ScheduleStatus::paused)
                .map(ScheduleFindings::paused)
                .toList();
        return paused.isEmpty() ? List.of(DoctorFinding.ok(WHAT, all(schedules))) : paused;
    }

    private static DoctorFinding paused(ScheduleStatus one) {
        return DoctorFinding.warn(
                WHAT,
                "%s is paused, so that what it looks for is told to nobody: %s.  Let it go on: %s"
                        .formatted(one.name(), one.note(), CommandHints.resumeSchedule(one.name())));
    }

    private static String all(List<ScheduleStatus> schedules) {
        return schedules.isEmpty()
                ? "none yet; the first change that is done makes them, or %s".formatted(CommandHints.setSchedules())
                : schedules.stream()
                        .map(one -> "%s every %s".formatted(one.name(), TimeText.duration(one.every())))
                        .collect(Collectors.joining(", "));
    }
}
