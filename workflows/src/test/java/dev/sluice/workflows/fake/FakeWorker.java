package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.WorkerActivities;
import dev.sluice.workflows.model.cluster.SecretName;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

final class FakeWorker implements WorkerActivities {
    private final Supplier<FakeWorld> now;

    FakeWorker(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public WorkerFacts describe(List<SecretName> secrets) {
        WorkerFacts facts = new WorkerFacts("1@here", "1", "17", Instant.EPOCH, "ssh-ed25519 AAAA", "", List.of());
        return now.get().calls.act(() -> facts, facts);
    }
}
