package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.ScheduleActivities;
import dev.sluice.workflows.model.cluster.ClusterFile;
import java.util.List;
import java.util.function.Supplier;

final class FakeSchedules implements ScheduleActivities {
    private final Supplier<FakeWorld> now;

    FakeSchedules(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public List<String> set(ClusterFile file) {
        return now.get().calls.act(() -> List.of("expiry: made"), List.of());
    }
}
