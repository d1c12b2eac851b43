package dev.sluice.starter.text;

import dev.sluice.workflows.schedule.Kept;
import java.util.List;
import java.util.stream.Collectors;

/** What the doctor concludes of a cluster's schedules: while one is paused, what it looks for is told to nobody. */
public final class ScheduleFindings {
    private static final String WHAT = "schedules";

    private ScheduleFindings() {}

    /** A line for each paused one, else one for all. */
    public static List<Finding> of(List<Kept> schedules) {
        List<Finding> paused = schedules.stream()
                .filter(Kept::paused)
                .map(ScheduleFindings::paused)
                .toList();
        return paused.isEmpty() ? List.of(Finding.ok(WHAT, all(schedules))) : paused;
    }

    private static Finding paused(Kept one) {
        return Finding.warn(
                WHAT,
                "%s is paused, so that what it looks for is told to nobody: %s.  Let it go on: %s"
                        .formatted(one.name(), one.note(), Hints.resumeSchedule(one.name())));
    }

    private static String all(List<Kept> schedules) {
        return schedules.isEmpty()
                ? "none yet; the first change that is done makes them, or %s".formatted(Hints.setSchedules())
                : schedules.stream()
                        .map(one -> "%s every %s".formatted(one.name(), Times.length(one.every())))
                        .collect(Collectors.joining(", "));
    }
}
