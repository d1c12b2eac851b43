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
 * Runs work that outlives its request, on threads of its own and one piece at a time per machine. Its effect on the API
 * waits for the next {@link #applyDueEffects} after the end of the work and its due time, so that a test's clock rules it.
 */
public final class DeferredWork implements AutoCloseable {
    /** Changes what the API shows once the work has ended. The failure is null for success. */
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

    /** @param threads run the work; {@link #close} shuts a pool down */
    public DeferredWork(Clock clock, Executor threads) {
        this.clock = clock;
        this.threads = threads;
    }

    /** A pool that grows with the work, which mostly waits for machines. */
    public static Executor pool() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "lab-work");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the work after the machine's earlier work; the effect follows, {@code least} from now at the earliest. */
    public void submit(long machine, Duration least, Callable<?> work, CompletionEffect effect) {
        CompletableFuture<@Nullable Exception> running =
                lastWorkOf(machine).<@Nullable Exception>handleAsync((ignored, alsoIgnored) -> attempt(work), threads);
        last.put(machine, running);
        open.add(new PendingWork(clock.instant().plus(least), running, effect));
    }

    /** Completes when the machine's latest work has ended. */
    public CompletableFuture<@Nullable Exception> lastWorkOf(long machine) {
        return last.getOrDefault(machine, DONE);
    }

    /** Runs the work once all of the others have ended. */
    public void submitAfter(
            List<CompletableFuture<@Nullable Exception>> others, Callable<?> work, CompletionEffect effect) {
        CompletableFuture<@Nullable Exception> running = CompletableFuture.allOf(
                        others.toArray(CompletableFuture[]::new))
                .<@Nullable Exception>handleAsync((ignored, alsoIgnored) -> attempt(work), threads);
        open.add(new PendingWork(clock.instant(), running, effect));
    }

    /** Applies an effect without work after a delay. */
    public void schedule(Duration delay, CompletionEffect effect) {
        open.add(new PendingWork(clock.instant().plus(delay), DONE, effect));
    }

    public void forget(long machine) {
        last.remove(machine);
    }

    /**
     * Applies the effects that are due by now, in the order of their times, and those that follow from them.
     * Returns false if there were none.
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
            LabLog.failure("apply the effect of deferred work", failure);
        }
    }

    private static @Nullable Exception attempt(Callable<?> work) {
        try {
            work.call();
            return null;
        } catch (Exception failure) {
            return failure;
        } catch (Error failure) {
            // Otherwise the droplet would stay locked without a limit and without a reason.
            return new IllegalStateException(failure);
        }
    }

    // Work in progress may end: its machines can outlive this object.
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
