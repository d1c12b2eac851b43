package dev.sluice.activities.node.gate;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Inspects members of the same role in parallel and caches their output for half a minute. */
final class SiblingInspections implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final int AT_ONCE = 8;

    private final NodeShells shells;
    private final Clock clock;
    private final Map<NodeName, CachedOutput> kept = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, SiblingInspections::daemon);

    SiblingInspections(NodeShells shells, Clock clock) {
        this.shells = shells;
        this.clock = clock;
    }

    /** Inspects all nodes; omits one that cannot be inspected, since it is not the one that is judged. */
    CompletableFuture<Map<NodeName, InspectionOutput>> inspect(List<Node> nodes, ActivityHeartbeat beats) {
        Map<NodeName, InspectionOutput> answers = new ConcurrentHashMap<>();
        kept.values().removeIf(one -> one.at().isBefore(clock.instant().minus(FRESH)));
        CompletableFuture<?>[] asked = nodes.stream()
                .map(node -> CompletableFuture.runAsync(() -> inspect(node, beats, answers), workers))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(asked).thenApply(all -> new TreeMap<>(answers));
    }

    private void inspect(Node node, ActivityHeartbeat beats, Map<NodeName, InspectionOutput> answers) {
        CachedOutput known = kept.get(node.name());
        CachedOutput one = known == null ? runScript(node, beats) : known;
        kept.put(node.name(), one);
        one.look().ifPresent(look -> answers.put(node.name(), look));
    }

    private CachedOutput runScript(Node node, ActivityHeartbeat beats) {
        try {
            InspectionOutput look = NodeInspection.runScript(
                    node, shells.open(node).withHeartbeat(beats), NodeInspection.facts(), LIMIT, clock);
            return new CachedOutput(Optional.of(look), clock.instant());
        } catch (ApplicationFailure away) {
            return new CachedOutput(Optional.empty(), clock.instant());
        }
    }

    /** One output, or none: a frozen member must not slow each inspection of its new sibling. */
    private record CachedOutput(Optional<InspectionOutput> look, Instant at) {}

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
