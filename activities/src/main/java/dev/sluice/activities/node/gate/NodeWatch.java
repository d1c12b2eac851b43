package dev.sluice.activities.node.gate;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.activity.WatchActivities.NodeLook;
import dev.sluice.workflows.activity.WatchActivities.NodeLookOrder;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at nodes that serve with the gate's checks, side by side: one round trip each. The timings of CPU and disk are left
 * out, since they cost the machine its time.
 */
public final class NodeWatch implements AutoCloseable {
    /** Of one node, connection included; the slowest decides how long a check of all takes. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private static final int AT_ONCE = 50;
    private static final Set<String> NOT_ASKED = Set.of(GateCheck.CPU_TIME.word(), GateCheck.FSYNC_TIME.word());

    private final NodeShells shells;
    private final FileRenderer files;
    private final Clock clock;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, NodeWatch::daemon);

    public NodeWatch(NodeShells shells, FileRenderer files, Clock clock) {
        this.shells = shells;
        this.files = files;
        this.clock = clock;
    }

    public List<NodeLook> look(NodeLookOrder order) {
        return ActivityHeartbeat.beatWhile(LIMIT.multipliedBy(2), () -> {
            Map<NodeName, CompletableFuture<SeenNode>> asked = new TreeMap<>();
            order.nodes()
                    .forEach(node -> asked.put(
                            node.name(),
                            CompletableFuture.supplyAsync(() -> see(node, order), threads)
                                    .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                                    .exceptionally(failure -> SeenNode.silent(node, why(failure)))));
            Map<NodeName, SeenNode> seen = new TreeMap<>();
            asked.forEach((name, answer) -> seen.put(name, answer.join()));
            Map<NodeName, InspectionOutput> outputs = new TreeMap<>();
            seen.forEach((name, one) -> one.output().ifPresent(output -> outputs.put(name, output)));
            return seen.values().stream().map(one -> judge(one, order, outputs)).toList();
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * What one node answered.
     *
     * @param silent why it did not answer
     * @param refused what is wrong with it although it did not answer: a stranger at its address
     */
    private record SeenNode(
            Node node,
            List<RenderedFile> files,
            Optional<InspectionOutput> output,
            Optional<String> silent,
            Optional<String> refused) {
        static SeenNode silent(Node node, Throwable why) {
            String words = String.valueOf(
                    why instanceof ApplicationFailure failure ? failure.getOriginalMessage() : why.getMessage());
            boolean stranger = why instanceof ApplicationFailure failure
                    && FailureType.HOST_IDENTITY.name().equals(failure.getType());
            return new SeenNode(
                    node,
                    List.of(),
                    Optional.empty(),
                    stranger ? Optional.empty() : Optional.of(words),
                    stranger ? Optional.of(words) : Optional.empty());
        }
    }

    private static Throwable why(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new TimeoutException("it did not answer within %d s".formatted(LIMIT.toSeconds()));
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private SeenNode see(Node node, NodeLookOrder order) {
        List<RenderedFile> rendered = files.render(configured(node, order));
        InspectionOutput output = NodeInspection.runScript(
                node,
                shells.open(node),
                NodeInspection.withoutTiming(order(node, order, NO_MANIFEST), rendered),
                LIMIT,
                clock);
        return new SeenNode(node, rendered, Optional.of(output), Optional.empty(), Optional.empty());
    }

    private static NodeLook judge(SeenNode seen, NodeLookOrder order, Map<NodeName, InspectionOutput> outputs) {
        if (seen.output().isEmpty()) {
            List<CheckResult> results = seen.refused().stream()
                    .map(words -> GateCheck.HOST_KEY.critical("%s", words))
                    .toList();
            return new NodeLook(seen.node().name(), seen.silent(), 0, results);
        }
        InspectionOutput output = seen.output().get();
        Map<NodeName, InspectionOutput> siblings = new TreeMap<>(outputs);
        siblings.remove(seen.node().name());
        Verdict verdict = GateJudge.judge(
                new InspectionInput(order(seen.node(), order, manifest(output)), seen.files(), output, siblings));
        List<CheckResult> asked = verdict.results().stream()
                .filter(result -> !NOT_ASKED.contains(result.check()))
                .toList();
        List<CheckResult> failed = asked.stream()
                .filter(result -> result.status() != CheckStatus.OK && result.status() != CheckStatus.NOT_APPLICABLE)
                .toList();
        int ok = (int) asked.stream()
                .filter(result -> result.status() == CheckStatus.OK)
                .count();
        return new NodeLook(seen.node().name(), Optional.empty(), ok, new ArrayList<>(failed));
    }

    private static final Sha256Digest NO_MANIFEST = Sha256Digest.of("");

    /** The manifest that the node brought from its template: packages are compared with it. */
    private static Sha256Digest manifest(InspectionOutput output) {
        String digest = output.text("packages", "manifest");
        return digest.isEmpty() ? NO_MANIFEST : new Sha256Digest(digest);
    }

    private static FirstBootOrder configured(Node node, NodeLookOrder order) {
        return new FirstBootOrder(node, order.files(), order.services(), order.values(), Map.of());
    }

    private static InspectOrder order(Node node, NodeLookOrder order, Sha256Digest manifest) {
        Template own = new Template(
                0,
                "of its own",
                node.ref().cluster(),
                node.role(),
                manifest,
                Optional.empty(),
                Instant.EPOCH,
                0,
                List.of());
        return new InspectOrder(
                node, own, order.checks(), configured(node, order), List.of(), Optional.empty(), order.health());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "watch");
        thread.setDaemon(true);
        return thread;
    }
}
