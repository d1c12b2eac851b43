package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.Step;
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
final class Undo {
    private record Entry(Step step, String leftBehind, Supplier<String> action) {}

    private final Progress progress;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<String> leftBehind = new ArrayList<>();

    Undo(Progress progress) {
        this.progress = progress;
    }

    /**
     * Says how to take a step back. Called before the step: a step that timed out may have happened.
     *
     * @param leftBehind what there is if that fails, in words
     * @param action answers with what was done; an empty answer was nothing to tell
     */
    void with(Step step, String leftBehind, Supplier<String> action) {
        entries.push(new Entry(step, leftBehind, action));
    }

    /** From here on there is no way back. */
    void forget() {
        entries.clear();
    }

    /** Whether all that was taken back so far is confirmed; asked by a step that must not happen before the newer ones. */
    boolean confirmed() {
        return leftBehind.isEmpty();
    }

    List<String> leftBehind() {
        return List.copyOf(leftBehind);
    }

    /** Names something that stays behind. */
    void leaves(String what) {
        leftBehind.add(what);
    }

    /** Takes every step back and answers with what is left behind. */
    List<String> takeBack() {
        Workflow.newDetachedCancellationScope(() -> {
                    while (!entries.isEmpty()) {
                        takeBack(entries.pop());
                    }
                })
                .run();
        return List.copyOf(leftBehind);
    }

    private void takeBack(Entry entry) {
        Instant started = Progress.now();
        int before = leftBehind.size();
        try {
            String says = entry.action().get();
            if (leftBehind.size() > before) {
                progress.notTakenBack(entry.step(), started, says);
            } else if (!says.isEmpty()) {
                progress.takenBack(entry.step(), started, says);
            }
        } catch (TemporalFailure failure) {
            String why = Reason.of(failure).sentence();
            leftBehind.add("%s (%s)".formatted(entry.leftBehind(), why));
            progress.notTakenBack(entry.step(), started, why);
        }
    }
}
