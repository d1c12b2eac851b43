package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.model.report.Step;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Rolls steps back, newest first, also in a cancelled run, and names what could not be rolled back. */
public final class Undo {
    private record UndoStep(Step step, String leftBehind, Supplier<String> action) {}

    private final StepProgress progress;
    private final Deque<UndoStep> entries = new ArrayDeque<>();
    private final List<String> leftBehind = new ArrayList<>();

    public Undo(StepProgress progress) {
        this.progress = progress;
    }

    /**
     * Registers the undo of a step. Called before the step, since a step that timed out may have happened.
     *
     * @param leftBehind what exists if the undo fails, in words
     * @param action returns what was done; empty if there was nothing to do
     */
    public void add(Step step, String leftBehind, Supplier<String> action) {
        entries.push(new UndoStep(step, leftBehind, action));
    }

    /** Forgets all undo steps: from here on there is no way back. */
    public void clear() {
        entries.clear();
    }

    /** Whether all undo steps so far are confirmed; an undo that depends on newer ones checks it. */
    public boolean isConfirmed() {
        return leftBehind.isEmpty();
    }

    public List<String> leftBehind() {
        return List.copyOf(leftBehind);
    }

    public void addLeftBehind(String what) {
        leftBehind.add(what);
    }

    /**
     * Rolls every step back and returns what is left behind. A run that had ended and was begun again has nothing to roll
     * back: what exists is the work of its earlier execution.
     */
    public List<String> rollBack(EndReason reason) {
        if (reason.isRepeatedRun()) {
            entries.clear();
            leftBehind.clear();
        }
        Workflow.newDetachedCancellationScope(() -> {
                    while (!entries.isEmpty()) {
                        rollBack(entries.pop());
                    }
                })
                .run();
        return List.copyOf(leftBehind);
    }

    private void rollBack(UndoStep entry) {
        Instant started = StepProgress.now();
        int before = leftBehind.size();
        try {
            String done = entry.action().get();
            if (leftBehind.size() > before) {
                progress.recordNotRolledBack(entry.step(), started, done);
            } else if (!done.isEmpty()) {
                progress.recordRolledBack(entry.step(), started, done);
            }
        } catch (TemporalFailure failure) {
            String why = EndReason.of(failure).sentence();
            if (EndReason.of(failure).isRepeatedRun()) {
                entries.clear();
                return;
            }
            leftBehind.add("%s (%s)".formatted(entry.leftBehind(), why));
            progress.recordNotRolledBack(entry.step(), started, why);
        }
    }
}
