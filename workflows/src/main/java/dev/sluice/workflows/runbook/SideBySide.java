package dev.sluice.workflows.runbook;

import io.temporal.workflow.Async;
import io.temporal.workflow.Functions.Proc;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/** Steps of a change that do not need each other, at the same time; changes that began before do one after the other. */
final class SideBySide {
    private SideBySide() {}

    static void both(Proc one, Proc other) {
        if (!known()) {
            one.apply();
            other.apply();
            return;
        }
        Promise<Void> meanwhile = Async.procedure(other);
        one.apply();
        meanwhile.get();
    }

    static boolean known() {
        return Workflow.getVersion("side-by-side", Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION;
    }
}
