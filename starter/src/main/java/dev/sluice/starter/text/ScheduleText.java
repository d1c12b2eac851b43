package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.workflows.schedule.ScheduleStatus;
import java.time.Clock;
import java.util.List;

/** Writes schedules as a table. */
public final class ScheduleText {
    private ScheduleText() {}

    public static List<String> lines(List<ScheduleStatus> schedules, Clock clock) {
        if (schedules.isEmpty()) {
            return List.of("No schedules.  Set them from the cluster file: %s".formatted(CommandHints.setSchedules()));
        }
        TextTable table = new TextTable().row("NAME", "EVERY", "LAST", "NEXT", "NOTE");
        schedules.forEach(one -> table.row(
                one.name(),
                TimeText.duration(one.every()),
                one.last().map(time -> TimeText.minute(time, clock)).orElse("never"),
                one.paused()
                        ? "paused"
                        : one.next().map(time -> TimeText.minute(time, clock)).orElse("unknown"),
                StepText.clean(one.note())));
        return table.lines();
    }
}
