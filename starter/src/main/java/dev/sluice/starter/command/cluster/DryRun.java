package dev.sluice.starter.command.cluster;

import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.text.PlanText;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.model.plan.ChangePlan;

/** Shows what a change would do. A worker only reads the cluster's state. */
final class DryRun {
    private final CliSession session;

    DryRun(CliSession session) {
        this.session = session;
    }

    int show(ChangePlan plan) {
        ClusterReport cluster = new ShortRuns(session).previewChange(plan);
        PlanText.ChangePreview preview = PlanText.preview(plan, cluster);
        session.printResult(preview, preview.lines());
        return preview.exitCode();
    }
}
