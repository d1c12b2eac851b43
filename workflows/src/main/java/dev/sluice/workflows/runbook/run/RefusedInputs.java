package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.activity.WorkflowInput.InvalidInputException;
import io.temporal.common.converter.RawValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes the inputs of a run that were refused in the step's text; a flood of them is noted once. */
public final class RefusedInputs {
    private static final int NOTED = 5;

    private final StepProgress progress;
    private int count;

    public RefusedInputs(StepProgress progress) {
        this.progress = progress;
    }

    /** Returns what a signal brought, or notes why it is refused. */
    public <T> Optional<T> accept(String signal, @Nullable RawValue input, Class<T> type) {
        try {
            return Optional.of(WorkflowInput.decode(input, type));
        } catch (InvalidInputException invalid) {
            note("Refused: signal %s: %s.".formatted(signal, invalid.getMessage()));
            return Optional.empty();
        }
    }

    public void note(String sentence) {
        count++;
        if (count <= NOTED) {
            progress.addNote(sentence);
        } else if (count == NOTED + 1) {
            progress.addNote("further refused signals are not noted");
        }
    }
}
