package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.NoticeActivities;
import java.util.function.Supplier;

final class FakeNotices implements NoticeActivities {
    private final Supplier<FakeWorld> now;

    FakeNotices(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public void tell(Notice notice) {
        now.get().calls.act(() -> now.get().notices.add(notice), false);
    }
}
