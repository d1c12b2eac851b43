package dev.sluice.activities.expiry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Runs calls in parallel, each with its own limit, so that one that hangs delays the others at most by that. */
final class ParallelCalls {
    private ParallelCalls() {}

    /** Returns the answers in the order of the calls; a call handles its own failures. */
    static <T> List<T> runAll(List<Callable<T>> questions, int together) {
        if (questions.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(together, questions.size()), daemons("call"));
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : pool.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker is stopping", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A call failed: " + failed.getCause(), failed);
        } finally {
            pool.shutdownNow();
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, "expiry-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
