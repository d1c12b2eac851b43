package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.activity.ProxyActivities.SlotOrder;
import dev.sluice.workflows.activity.ProxyActivities.SlotReport;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Timers;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** Room for one more member on every proxy, made beside the node's boot: a graceful takes seconds that a boot takes anyway. */
final class BalancerSlots {
    /** A graceful of two proxies takes less. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final NodeContext run;
    private Optional<Promise<SlotReport>> making = Optional.empty();
    private String made = "";

    BalancerSlots(NodeContext run) {
        this.run = run;
    }

    /** Begins, and returns at once. */
    void start(NodeName node) {
        ProxyActivities proxies =
                ActivityStubs.proxy(run.patience().steady(), "room for %s on every proxy".formatted(node));
        SlotOrder order = new SlotOrder(run.file().name(), run.withoutProxies());
        CompletablePromise<SlotReport> room = Workflow.newPromise();
        CancellationScope scope = Workflow.newDetachedCancellationScope(
                () -> room.completeFrom(Async.function(proxies::makeRoom, order)));
        run.undo().add(Step.RELOAD_PROXY, "room being made on the proxies", () -> ended(scope, room));
        scope.run();
        making = Optional.of(room);
    }

    /** No run ends before what it has begun: a graceful leaves nothing to take back, but one that waits is not waited for. */
    private static String ended(CancellationScope scope, Promise<SlotReport> room) {
        if (!room.isCompleted() && !Timers.awaitUntil(SOON, "room is made, or given up", room::isCompleted)) {
            scope.cancel();
        }
        return room.handle((report, failure) -> "").get();
    }

    /** Waits until there is room. What fails here fails the run, before any proxy has heard of the node. */
    void await() {
        making.ifPresent(this::await);
    }

    /** A step of its own only if it is waited for or has failed; else it is told with the step that it spared. */
    private void await(Promise<SlotReport> room) {
        if (room.isCompleted() && room.getFailure() == null) {
            made = words(room.get());
            return;
        }
        run.progress().begin(Step.RELOAD_PROXY, "room on every proxy, before the node joins");
        Workflow.await(room::isCompleted);
        run.progress().complete(room.get().says());
    }

    private static String words(SlotReport report) {
        return report.changed() ? "while it booted: %s; now: ".formatted(report.says()) : "";
    }

    /** What was done while the node booted, as the beginning of a sentence; empty if nothing was. */
    String summary() {
        return made;
    }
}
