package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.activity.WorkerActivities;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterFileCheck;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.report.FailureType;
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

    @Override
    public void checkFile(ClusterFile file) {
        now.get().calls.act(() -> requireGood(file), file);
    }

    private static ClusterFile requireGood(ClusterFile file) {
        List<String> wrong = ClusterFileCheck.findErrors(file);
        if (!wrong.isEmpty()) {
            throw TypedFailures.of(FailureType.PLAN_INVALID, String.join("; ", wrong));
        }
        return file;
    }
}
