package dev.sluice.starter.watch;

import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.starter.session.JsonOutput;
import dev.sluice.workflows.model.report.StepReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Prints one JSON object for each event to standard output, for programs. */
final class JsonProgress implements ProgressDisplay {
    private final PrintWriter to;
    private final Clock clock;
    private final Run run;
    private final Set<String> printed = new HashSet<>();

    JsonProgress(PrintWriter to, Clock clock, Run run) {
        this.to = to;
        this.clock = clock;
        this.run = run;
    }

    @Override
    public void show(RunView view) {
        for (RunView.StepGroup part : view.parts()) {
            for (int i = 0; i < part.steps().size(); i++) {
                printStep(part, i, part.steps().get(i));
            }
            part.retry().ifPresent(retry -> printRetry(part, retry));
        }
    }

    private void printStep(RunView.StepGroup part, int index, StepReport step) {
        if (printed.add("%s/%d/%s".formatted(part.node(), index, step.state()))) {
            Map<String, Object> event = newEvent(part, step);
            event.put("state", step.state());
            event.put("started", step.started());
            event.put("ended", step.ended());
            event.put("says", step.says());
            print(event);
        }
    }

    private void printRetry(RunView.StepGroup part, PendingRetry retry) {
        if (printed.add("%s/%d/%s".formatted(part.node(), part.running(), retry))) {
            Map<String, Object> event = newEvent(part, part.steps().get(part.running()));
            event.put("attempt", retry.attempt());
            event.put("next", retry.next());
            event.put("says", retry.why());
            print(event);
        }
    }

    private Map<String, Object> newEvent(RunView.StepGroup part, StepReport step) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("at", clock.instant());
        event.put("run", run.id());
        event.put("runId", run.runId());
        event.put("node", part.node());
        event.put("step", step.step().words());
        return event;
    }

    @Override
    public void note(String sentence) {
        if (printed.add(sentence)) {
            print(Map.of("at", clock.instant(), "run", run.id(), "note", sentence));
        }
    }

    private void print(Map<String, Object> event) {
        to.println(JsonOutput.toLine(event));
        to.flush();
    }

    @Override
    public void end() {
        to.flush();
    }
}
