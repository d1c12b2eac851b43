package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import dev.sluice.workflows.model.report.StepReport.StepState;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records the steps: for the query, the Web UI's current details and, as the phase, the list of runs. */
public final class StepProgress {
    private final List<StepReport> steps = new ArrayList<>();
    private String phase = "";

    public static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    public List<StepReport> steps() {
        return List.copyOf(steps);
    }

    public boolean isDone(Step step) {
        return steps.stream().anyMatch(report -> report.step() == step && report.state() == StepState.DONE);
    }

    public boolean isAt(Step step) {
        return !steps.isEmpty() && last().step() == step && last().ended().isEmpty();
    }

    public void begin(Step step, String says) {
        open(step, StepState.RUNNING, says);
    }

    public void beginWaiting(Step step, String says) {
        open(step, StepState.WAITING, says);
    }

    /** Sets what the current step waits for. */
    public void update(String says) {
        StepReport last = last();
        replaceLast(new StepReport(last.step(), last.state(), last.started(), last.ended(), says));
    }

    /** Adds a remark to the open step, if any. */
    public void addNote(String remark) {
        if (!steps.isEmpty() && last().ended().isEmpty()) {
            update(last().says() + "; " + remark);
        }
    }

    public void complete(String says) {
        close(StepState.DONE, says);
    }

    public void skip(Step step, String says) {
        add(new StepReport(step, StepState.NOT_NEEDED, now(), Optional.of(now()), says));
    }

    /** Ends the open step, if any, as failed for that reason. */
    public void fail(String says) {
        if (!steps.isEmpty() && last().ended().isEmpty()) {
            close(StepState.FAILED, says);
        }
    }

    void recordRolledBack(Step step, Instant started, String says) {
        add(new StepReport(step, StepState.TAKEN_BACK, started, Optional.of(now()), says));
    }

    void recordNotRolledBack(Step step, Instant started, String says) {
        add(new StepReport(step, StepState.NOT_TAKEN_BACK, started, Optional.of(now()), says));
    }

    /** Sets the search attribute by which lists of runs find the run. */
    public void setPhase(String word) {
        if (!word.equals(phase)) {
            phase = word;
            Workflow.upsertTypedSearchAttributes(SluiceAttributes.PHASE.valueSet(word));
        }
    }

    private void open(Step step, StepState state, String says) {
        add(new StepReport(step, state, now(), Optional.empty(), says));
        setPhase(step.words());
    }

    private void close(StepState state, String says) {
        StepReport last = last();
        replaceLast(new StepReport(last.step(), state, last.started(), Optional.of(now()), says));
    }

    private StepReport last() {
        return steps.get(steps.size() - 1);
    }

    private void add(StepReport report) {
        steps.add(report);
        Workflow.setCurrentDetails(StepMarkdown.render(steps));
    }

    private void replaceLast(StepReport report) {
        steps.set(steps.size() - 1, report);
        Workflow.setCurrentDetails(StepMarkdown.render(steps));
    }
}
