package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.AccountActivities;
import dev.sluice.workflows.model.cluster.CloudAccount;
import java.util.List;
import java.util.function.Supplier;

final class FakeAccount implements AccountActivities {
    private static final CloudAccount NOTHING =
            new CloudAccount(0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private final Supplier<FakeWorld> now;

    FakeAccount(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public CloudAccount look() {
        CloudAccount account = new CloudAccount(
                now.get().nodes.size(),
                25,
                List.of("fra1"),
                List.of(),
                List.of(TestPlans.FILE.domain()),
                List.of(),
                List.of(),
                List.of());
        return now.get().calls.act(() -> account, NOTHING);
    }

    @Override
    public List<TokenScope> scopes(String domain) {
        return now.get().calls.act(() -> List.of(new TokenScope("droplet:create", true, "")), List.of());
    }
}
