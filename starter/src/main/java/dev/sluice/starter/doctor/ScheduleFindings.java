package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.text.TimeText;
import dev.sluice.workflows.schedule.ScheduleStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Derives findings about a cluster's schedules: a paused one reports nothing. */
final class ScheduleFindings {
    private static final String WHAT = "schedules";

    private ScheduleFindings() {}

    /** Returns a finding for each paused schedule, else one for all. */
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
