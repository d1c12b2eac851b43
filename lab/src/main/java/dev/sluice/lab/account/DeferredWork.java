package dev.sluice.lab.account;

import dev.sluice.lab.api.LabLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Work that goes on after its request was answered. What stands behind runs on threads of its own, one piece at a time
 * per machine; its effect on what the API shows comes at the next {@link #applyDueEffects} once it is done and old enough, so
 * that a clock in the hands of a test rules it.
 */
public final class DeferredWork implements AutoCloseable {
    /** What the API shows once the work is done: null for success, else what went wrong. */
    public interface CompletionEffect {
        void apply(@Nullable Exception failure);
    }

    private record PendingWork(Instant due, CompletableFuture<@Nullable Exception> work, CompletionEffect effect) {}

    private static final int CLOSE_SECONDS = 30;
    private static final CompletableFuture<@Nullable Exception> DONE = CompletableFuture.completedFuture(null);

    private final Clock clock;
    private final Executor threads;
    private final Map<Long, CompletableFuture<@Nullable Exception>> last = new HashMap<>();
    private List<PendingWork> open = new ArrayList<>();

    /** @param threads what runs the work; a pool is shut down with this */
    public DeferredWork(Clock clock, Executor threads) {
        this.clock = clock;
        this.threads = threads;
    }

    /** As many threads as there is work: machines are waited for. */
    public static Executor pool() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "lab-work");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the work after what the machine already has to do; the effect follows, not before {@code least} is over. */
    public void submit(long machine, Duration least, Callable<?> work, CompletionEffect effect) {
        CompletableFuture<@Nullable Exception> running =
                lastWorkOf(machine).<@Nullable Exception>handleAsync((ignored, alsoIgnored) -> attempt(work), threads);
        last.put(machine, running);
        open.add(new PendingWork(clock.instant().plus(least), running, effect));
    }

    /** Done when the machine has nothing left to do. */
    public CompletableFuture<@Nullable Exception> lastWorkOf(long machine) {
        return last.getOrDefault(machine, DONE);
    }

    /** Runs the work once all of the others are done. */
    public void submitAfter(
            List<CompletableFuture<@Nullable Exception>> others, Callable<?> work, CompletionEffect effect) {
        CompletableFuture<@Nullable Exception> running = CompletableFuture.allOf(
                        others.toArray(CompletableFuture[]::new))
                .<@Nullable Exception>handleAsync((ignored, alsoIgnored) -> attempt(work), threads);
        open.add(new PendingWork(clock.instant(), running, effect));
    }

    /** Only the effect, after a while. */
    public void schedule(Duration delay, CompletionEffect effect) {
        open.add(new PendingWork(clock.instant().plus(delay), DONE, effect));
    }

    public void forget(long machine) {
        last.remove(machine);
    }

    /**
     * Shows the effects of all that is done by now, in the order of their times; what follows from them at once, too.
     * False if there were none.
     */
    public boolean applyDueEffects() {
        boolean any = false;
        for (List<PendingWork> ripe = ripe(); !ripe.isEmpty(); ripe = ripe()) {
            ripe.forEach(DeferredWork::show);
            any = true;
        }
        return any;
    }

    private List<PendingWork> ripe() {
        if (open.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Map<Boolean, List<PendingWork>> parts = open.stream()
                .collect(Collectors.partitioningBy(
                        piece -> piece.work().isDone() && !piece.due().isAfter(now)));
        open = new ArrayList<>(parts.getOrDefault(false, List.of()));
        return parts.getOrDefault(true, List.of()).stream()
                .sorted(Comparator.comparing(PendingWork::due))
                .toList();
    }

    // One effect that fails must not keep the others from happening.
    private static void show(PendingWork piece) {
        try {
            piece.effect().apply(piece.work().join());
        } catch (RuntimeException failure) {
            LabLog.failure("show the end of a piece of work", failure);
        }
    }

    private static @Nullable Exception attempt(Callable<?> work) {
        try {
            work.call();
            return null;
        } catch (Exception failure) {
            return failure;
        } catch (Error failure) {
            // Else the droplet would stay locked for ever, and nobody would hear why.
            return new IllegalStateException(failure);
        }
    }

    // What machines are doing now is waited for: they may belong to somebody who goes on with them.
    @Override
    public void close() {
        if (!(threads instanceof ExecutorService pool)) {
            return;
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
