package dev.sluice.workflows.runbook;

import dev.sluice.workflows.Names;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport;
import dev.sluice.workflows.model.StepReport.State;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps so far: for the query, for the Web UI's current details and, as the phase, for the list of runs. */
final class Progress {
    private final List<StepReport> steps = new ArrayList<>();
    private String phase = "";

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    List<StepReport> steps() {
        return List.copyOf(steps);
    }

    boolean did(Step step) {
        return steps.stream().anyMatch(report -> report.step() == step && report.state() == State.DONE);
    }

    boolean isAt(Step step) {
        return !steps.isEmpty() && last().step() == step && last().ended().isEmpty();
    }

    void begin(Step step, String says) {
        open(step, State.RUNNING, says);
    }

    void waits(Step step, String says) {
        open(step, State.WAITING, says);
    }

    /** What the current step waits for now. */
    void says(String says) {
        StepReport last = last();
        replaceLast(new StepReport(last.step(), last.state(), last.started(), last.ended(), says));
    }

    /** Adds a remark to the step that is open, if one is. */
    void note(String remark) {
        if (!steps.isEmpty() && last().ended().isEmpty()) {
            says(last().says() + "; " + remark);
        }
    }

    void done(String says) {
        close(State.DONE, says);
    }

    void notNeeded(Step step, String says) {
        add(new StepReport(step, State.NOT_NEEDED, now(), Optional.of(now()), says));
    }

    /** The step that is open, if one is, failed for that reason. */
    void failed(String says) {
        if (!steps.isEmpty() && last().ended().isEmpty()) {
            close(State.FAILED, says);
        }
    }

    void takenBack(Step step, Instant started, String says) {
        add(new StepReport(step, State.TAKEN_BACK, started, Optional.of(now()), says));
    }

    void notTakenBack(Step step, Instant started, String says) {
        add(new StepReport(step, State.NOT_TAKEN_BACK, started, Optional.of(now()), says));
    }

    /** The word by which the list of runs finds it. */
    void phase(String word) {
        if (!word.equals(phase)) {
            phase = word;
            Workflow.upsertTypedSearchAttributes(Names.PHASE.valueSet(word));
        }
    }

    private void open(Step step, State state, String says) {
        add(new StepReport(step, state, now(), Optional.empty(), says));
        phase(step.words());
    }

    private void close(State state, String says) {
        StepReport last = last();
        replaceLast(new StepReport(last.step(), state, last.started(), Optional.of(now()), says));
    }

    private StepReport last() {
        return steps.get(steps.size() - 1);
    }

    private void add(StepReport report) {
        steps.add(report);
        Workflow.setCurrentDetails(Markdown.of(steps));
    }

    private void replaceLast(StepReport report) {
        steps.set(steps.size() - 1, report);
        Workflow.setCurrentDetails(Markdown.of(steps));
    }
}
