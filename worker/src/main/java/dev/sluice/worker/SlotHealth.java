package dev.sluice.worker;

import dev.sluice.worker.ActivitySlots.RunningActivity;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Reports readiness: not ready once stuck activities hold half of the slots, since soon no step gets one. */
final class SlotHealth extends AbstractHealthIndicator {
    private final ActivitySlots slots;
    private final int size;
    private final Clock clock;

    SlotHealth(ActivitySlots slots, int size, Clock clock) {
        super("The slots cannot be counted");
        this.slots = slots;
        this.size = size;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<RunningActivity> stuck = slots.stuck();
        if (2 * stuck.size() >= size) {
            builder.down();
        } else {
            builder.up();
        }
        builder.withDetail("stuck", "%d of %d slots".formatted(stuck.size(), size));
        stuck.stream()
                .findFirst()
                .ifPresent(oldest -> builder.withDetail(
                        "oldest",
                        "%s for %d s"
                                .formatted(
                                        oldest.type(),
                                        Duration.between(oldest.since(), clock.instant())
                                                .toSeconds())));
    }
}
