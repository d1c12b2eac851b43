package dev.sluice.starter.text;

import dev.sluice.starter.run.RunState;
import java.time.Clock;

/** Says that a run is stuck: workers answer, and its workflow task fails each time. */
public final class StuckRunText {
    private StuckRunText() {}

    /** Returns what holds the run, and what does not happen meanwhile. */
    public static String describe(RunState run, Clock clock) {
        return "%s is stuck since %s or later: its workflow task fails each time that a worker tries it. %s"
                .formatted(
                        run.run().displayName(),
                        TimeText.second(run.started(), clock.getZone()),
                        "It does nothing, rolls nothing back and keeps its lock.");
    }

    /** Returns the same with the way out. */
    public static String withWayOut(RunState run, Clock clock) {
        return describe(run, clock) + " " + wayOut(run);
    }

    private static String wayOut(RunState run) {
        return "%nGet out: see docs/troubleshooting.md#a-run-is-stuck, or: temporal workflow reset --workflow-id %s --run-id %s --type FirstWorkflowTask --reapply-exclude Signal --reason stuck"
                .formatted(run.run().id(), run.run().runId());
    }
}
