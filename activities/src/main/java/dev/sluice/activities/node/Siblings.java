package dev.sluice.activities.node;

import dev.sluice.activities.ssh.Heartbeats;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What members of the same role answer, asked side by side and kept for half a minute. */
final class Siblings implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final int AT_ONCE = 8;

    private final Shells shells;
    private final Clock clock;
    private final Map<NodeName, Look> kept = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, Siblings::daemon);

    Siblings(Shells shells, Clock clock) {
        this.shells = shells;
        this.clock = clock;
    }

    /** Asks all; one that cannot be asked is missing from the answer, since it is not the one that is judged. */
    CompletableFuture<Map<NodeName, Look>> ask(List<Node> nodes, Heartbeats beats) {
        Map<NodeName, Look> answers = new ConcurrentHashMap<>();
        kept.values().removeIf(look -> look.answered().isBefore(clock.instant().minus(FRESH)));
        CompletableFuture<?>[] asked = nodes.stream()
                .map(node -> CompletableFuture.runAsync(() -> ask(node, beats, answers), workers))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(asked).thenApply(all -> new TreeMap<>(answers));
    }

    private void ask(Node node, Heartbeats beats, Map<NodeName, Look> answers) {
        try {
            answers.put(node.name(), kept.computeIfAbsent(node.name(), missing -> look(node, beats)));
        } catch (ApplicationFailure away) {
            answers.remove(node.name());
        }
    }

    private Look look(Node node, Heartbeats beats) {
        return Inspection.look(node, beats.over(shells.open(node)), Inspection.facts(), LIMIT, clock);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "siblings");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
