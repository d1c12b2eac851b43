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

/** Makes room for one more member on every proxy during the node's first boot, since a graceful takes seconds. */
final class BalancerSlots {
    /** Longer than a graceful of two proxies. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final NodeContext run;
    private Optional<Promise<SlotReport>> making = Optional.empty();
    private String made = "";

    BalancerSlots(NodeContext run) {
        this.run = run;
    }

    void start(NodeName node) {
        ProxyActivities proxies =
                ActivityStubs.proxy(run.patience().heartbeating(), "room for %s on every proxy".formatted(node));
        SlotOrder order = new SlotOrder(run.file().name(), run.withoutProxies());
        CompletablePromise<SlotReport> room = Workflow.newPromise();
        CancellationScope scope = Workflow.newDetachedCancellationScope(
                () -> room.completeFrom(Async.function(proxies::makeRoom, order)));
        run.undo().add(Step.RELOAD_PROXY, "room being made on the proxies", () -> ended(scope, room));
        scope.run();
        making = Optional.of(room);
    }

    /** Waits for a graceful in progress, and cancels one that waits: no run ends before its own steps. */
    private static String ended(CancellationScope scope, Promise<SlotReport> room) {
        if (!room.isCompleted() && !Timers.awaitUntil(SOON, "room is made, or its timeout", room::isCompleted)) {
            scope.cancel();
        }
        return room.handle((report, failure) -> "").get();
    }

    /** Waits until there is room. A failure fails the run before any proxy lists the node. */
    void await() {
        making.ifPresent(this::await);
    }

    /** Reports a step of its own only if the run waits or the step failed; else the later reload reports it. */
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

    /** Returns what was done during first boot, as the beginning of a sentence; empty if nothing was. */
    String summary() {
        return made;
    }
}
