package dev.sluice.starter.text;

import dev.sluice.workflows.schedule.Kept;
import java.time.Clock;
import java.util.List;

/** Schedules as a table. */
public final class ScheduleText {
    private ScheduleText() {}

    public static List<String> lines(List<Kept> schedules, Clock clock) {
        if (schedules.isEmpty()) {
            return List.of("No schedules.  Make what the cluster file says: %s".formatted(Hints.setSchedules()));
        }
        Table table = new Table().row("NAME", "EVERY", "LAST", "NEXT", "NOTE");
        schedules.forEach(one -> table.row(
                one.name(),
                Times.length(one.every()),
                one.last().map(time -> Times.minute(time, clock)).orElse("never"),
                one.paused()
                        ? "paused"
                        : one.next().map(time -> Times.minute(time, clock)).orElse("unknown"),
                StepText.clean(one.note())));
        return table.lines();
    }
}
