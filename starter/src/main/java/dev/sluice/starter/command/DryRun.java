package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.text.PlanText;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.model.ChangePlan;

/** Shows what a change would do; a worker looks at the world, nothing is changed. */
final class DryRun {
    private final Session session;

    DryRun(Session session) {
        this.session = session;
    }

    int show(ChangePlan plan) {
        ClusterReport world = new Reading(session).cluster(plan);
        PlanText.Preview preview = PlanText.of(plan, world);
        session.result(preview, preview.lines());
        return preview.exitCode();
    }
}
