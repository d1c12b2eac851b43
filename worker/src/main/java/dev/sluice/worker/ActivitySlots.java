package dev.sluice.worker;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which activities hold this worker's slots. One that has outlived its own time limit is stuck: Temporal gives its task to
 * another try, and its slot is gone until it ends.
 */
final class ActivitySlots extends WorkerInterceptorBase {
    private final Clock clock;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, RunningActivity> running = new ConcurrentHashMap<>();

    ActivitySlots(Clock clock) {
        this.clock = clock;
    }

    /** An activity that runs since then and may run until then. */
    record RunningActivity(String type, Instant since, Instant until) {}

    /** The activities that have outlived their limit, the oldest first. */
    List<RunningActivity> stuck() {
        Instant now = clock.instant();
        return running.values().stream()
                .filter(one -> one.until().isBefore(now))
                .sorted(Comparator.comparing(RunningActivity::since))
                .toList();
    }

    /** How long the oldest activity has run. */
    Duration oldest() {
        Instant now = clock.instant();
        return running.values().stream()
                .map(one -> Duration.between(one.since(), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new CountedActivity(next);
    }

    private final class CountedActivity extends ActivityInboundCallsInterceptorBase {
        private @Nullable ActivityInfo step;

        CountedActivity(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            step = context.getInfo();
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            long number = numbers.incrementAndGet();
            ActivityInfo info = step;
            if (info != null) {
                Instant now = clock.instant();
                running.put(
                        number,
                        new RunningActivity(info.getActivityType(), now, now.plus(info.getStartToCloseTimeout())));
            }
            try {
                return super.execute(input);
            } finally {
                running.remove(number);
            }
        }
    }
}
