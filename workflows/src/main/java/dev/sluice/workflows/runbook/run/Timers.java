package dev.sluice.workflows.runbook.run;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** Timers with a summary in the Web UI. */
public final class Timers {
    private Timers() {}

    public static void sleep(Duration time, String summary) {
        timer(time, summary).get();
    }

    /** Waits for the condition, at most for that time; returns whether it came true. */
    public static boolean awaitUntil(Duration limit, String summary, Supplier<Boolean> condition) {
        if (limit.isNegative() || limit.isZero()) {
            return condition.get();
        }
        CompletablePromise<Void> over = Workflow.newPromise();
        CancellationScope scope = Workflow.newCancellationScope(() -> over.completeFrom(timer(limit, summary)));
        scope.run();
        Workflow.await(() -> condition.get() || over.isCompleted());
        boolean held = condition.get();
        scope.cancel();
        return held;
    }

    private static Promise<Void> timer(Duration time, String summary) {
        return Workflow.newTimer(
                time, TimerOptions.newBuilder().setSummary(summary).build());
    }
}
