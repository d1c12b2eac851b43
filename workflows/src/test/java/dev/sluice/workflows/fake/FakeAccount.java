package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.AccountActivities;
import dev.sluice.workflows.model.Account;
import java.util.List;
import java.util.function.Supplier;

final class FakeAccount implements AccountActivities {
    private static final Account NOTHING =
            new Account(0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private final Supplier<FakeWorld> now;

    FakeAccount(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public Account look() {
        Account account = new Account(
                now.get().nodes.size(),
                25,
                List.of("fra1"),
                List.of(),
                List.of(Plans.FILE.domain()),
                List.of(),
                List.of(),
                List.of());
        return now.get().calls.act(() -> account, NOTHING);
    }

    @Override
    public List<Scope> scopes(String domain) {
        return now.get().calls.act(() -> List.of(new Scope("droplet:create", true, "")), List.of());
    }
}
