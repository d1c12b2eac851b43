package dev.sluice.workflows.runbook;

import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.model.Account;

/** See docs/runbooks/show-account.md. */
final class ShowAccountRunbook implements ShowAccount {
    private final Patience patience;

    ShowAccountRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public Account run() {
        return Reach.account(patience.check(), "the account").look();
    }
}
