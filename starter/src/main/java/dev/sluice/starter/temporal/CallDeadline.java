package dev.sluice.starter.temporal;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds a call to Temporal including its retries; the SDK's own timeouts bound only each attempt. */
final class CallDeadline {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "deadline");
        thread.setDaemon(true);
        return thread;
    });

    private CallDeadline() {}

    static <R> R within(Duration limit, Supplier<R> call) {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, TIMER);
        Context before = context.attach();
        try {
            return call.get();
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }
}
