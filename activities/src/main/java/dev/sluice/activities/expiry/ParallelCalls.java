package dev.sluice.activities.expiry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Asks many at once, each with its own limit: one that hangs holds up nobody else for longer than that. */
final class ParallelCalls {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(daemons("limit"));

    private ParallelCalls() {}

    /** The answers in the order of the questions; a question handles its own failures. */
    static <T> List<T> runAll(List<Callable<T>> questions, int together) {
        if (questions.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(together, questions.size()), daemons("look"));
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : pool.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The look was stopped", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A look failed: " + failed.getCause(), failed);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Does that after the limit, unless the answer is there by then. */
    static ScheduledFuture<?> after(Duration limit, Runnable action) {
        return TIMER.schedule(action, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, "expiry-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
