package dev.sluice.workflows.runbook.change;

import io.temporal.workflow.Async;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Functions.Func2;
import io.temporal.workflow.Functions.Proc;
import io.temporal.workflow.Promise;

/** Runs independent steps of a change in parallel. */
final class InParallel {
    private InParallel() {}

    static void both(Proc one, Proc other) {
        both(() -> done(one), () -> done(other), (first, second) -> first && second);
    }

    /** Throws the failure of either step, after both have ended: a run leaves no step of its own open. */
    static <A, B, R> R both(Func<A> one, Func<B> other, Func2<A, B, R> together) {
        Promise<B> meanwhile = Async.function(other);
        A first;
        try {
            first = one.apply();
        } catch (RuntimeException failure) {
            meanwhile.getFailure();
            throw failure;
        }
        return together.apply(first, meanwhile.get());
    }

    private static boolean done(Proc step) {
        step.apply();
        return true;
    }
}
