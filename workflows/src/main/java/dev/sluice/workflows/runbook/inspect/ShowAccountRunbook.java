package dev.sluice.workflows.runbook.inspect;

import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;

/** See docs/runbooks/show-account.md. */
public final class ShowAccountRunbook implements ShowAccount {
    private final Patience patience;

    public ShowAccountRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public CloudAccount run() {
        return ActivityStubs.account(patience.quickCheck(), "the account").look();
    }
}
