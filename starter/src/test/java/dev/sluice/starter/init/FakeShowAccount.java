package dev.sluice.starter.init;

import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.model.cluster.CloudAccount;
import java.util.List;

/** An account as a worker would have read it. */
public final class FakeShowAccount implements ShowAccount {
    @Override
    public CloudAccount run() {
        return new CloudAccount(
                1,
                25,
                List.of("ams3", "fra1"),
                List.of(new CloudAccount.OfferedSize("s-1vcpu-1gb", 0.009, List.of("ams3", "fra1"))),
                List.of("shop.example"),
                List.of(new CloudAccount.AccountKey("laptop", "aa:bb")),
                List.of(),
                List.of());
    }
}
