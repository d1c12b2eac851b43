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

/**
 * The steps to take back, newest first, even when the runbook was cancelled; each in its own try. Unlike Temporal's Saga
 * it names what could not be taken back.
 */
public final class Undo {
    private record UndoStep(Step step, String leftBehind, Supplier<String> action) {}

    private final StepProgress progress;
    private final Deque<UndoStep> entries = new ArrayDeque<>();
    private final List<String> leftBehind = new ArrayList<>();

    public Undo(StepProgress progress) {
        this.progress = progress;
    }

    /**
     * Says how to take a step back. Called before the step: a step that timed out may have happened.
     *
     * @param leftBehind what there is if that fails, in words
     * @param action answers with what was done; an empty answer was nothing to tell
     */
    public void add(Step step, String leftBehind, Supplier<String> action) {
        entries.push(new UndoStep(step, leftBehind, action));
    }

    /** From here on there is no way back. */
    public void clear() {
        entries.clear();
    }

    /** Whether all that was taken back so far is confirmed; asked by a step that must not happen before the newer ones. */
    public boolean isConfirmed() {
        return leftBehind.isEmpty();
    }

    public List<String> leftBehind() {
        return List.copyOf(leftBehind);
    }

    /** Names something that stays behind. */
    public void addLeftBehind(String what) {
        leftBehind.add(what);
    }

    /** Takes every step back and answers with what is left behind. */
    public List<String> rollBack() {
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
            String says = entry.action().get();
            if (leftBehind.size() > before) {
                progress.recordNotRolledBack(entry.step(), started, says);
            } else if (!says.isEmpty()) {
                progress.recordRolledBack(entry.step(), started, says);
            }
        } catch (TemporalFailure failure) {
            String why = EndReason.of(failure).sentence();
            leftBehind.add("%s (%s)".formatted(entry.leftBehind(), why));
            progress.recordNotRolledBack(entry.step(), started, why);
        }
    }
}
