package dev.sluice.starter.command;

import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.model.Account;
import java.util.List;

/** An account as a worker would have read it. */
public final class FakeAccount implements ShowAccount {
    @Override
    public Account run() {
        return new Account(
                1,
                25,
                List.of("ams3", "fra1"),
                List.of(new Account.Size("s-1vcpu-1gb", 0.009, List.of("ams3", "fra1"))),
                List.of("shop.example"),
                List.of(new Account.Key("laptop", "aa:bb")),
                List.of(),
                List.of());
    }
}
