package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.ExpiryText;
import dev.sluice.starter.text.LeaksText;
import dev.sluice.starter.text.RunView;
import dev.sluice.starter.text.ShowText;
import dev.sluice.starter.text.Times;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.Sweep.SweepReport;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Everything that a run left to read. */
@Command(
        name = "show",
        description = "Shows a run: its steps, the verdict, what was kept of a failed node, or what a look found.")
public final class Show extends RunCommand {
    public Show(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = found();
        return switch (state.type()) {
            case "CheckExpiry" -> found(state, ExpiryReport.class, report -> ExpiryText.lines(report, session.clock()));
            case "FindLeaks" -> found(state, LeakReport.class, report -> LeaksText.lines(report, false));
            case "Sweep" ->
                found(state, SweepReport.class, report -> LeaksText.lines(new LeakReport(report.leaks()), true));
            default -> story(state);
        };
    }

    /** What a look found; it tells nothing before its end. */
    private <R> int found(RunState state, Class<R> type, Function<R, List<String>> text) {
        if (state.open()) {
            throw new Trouble(
                    ExitCode.WAITING,
                    "%s goes on since %s; what it finds is shown once it has ended."
                            .formatted(
                                    state.run().shown(),
                                    Times.second(
                                            state.started(), session.clock().getZone())));
        }
        R report = ended(state, type).report().orElseThrow(() -> nothing(state));
        session.result(report, text.apply(report));
        return ExitCode.DONE;
    }

    private int story(RunState state) {
        Class<?> type = state.report()
                .orElseThrow(() -> new Trouble(
                        ExitCode.USAGE,
                        "%s is a %s, which has no report.".formatted(state.run().shown(), state.type())));
        Object report = reported(state, type).orElseThrow(() -> nothing(state));
        RunView view = RunView.of(report);
        RunView now = state.open() ? session.temporal().retrying(view, state.run()) : view;
        session.result(report, ShowText.lines(report, now, state.run(), session.clock()));
        return ExitCode.DONE;
    }

    private Trouble nothing(RunState state) {
        if (state.open()) {
            return session.starts()
                    .noWorker("What Temporal knows: %s, %s, since %s."
                            .formatted(state.run().shown(), state.phase().orElse(state.status()), state.started()));
        }
        return new Trouble(
                ExitCode.WAITING,
                "%s is %s and left no report; a worker may still tell it, none answers."
                        .formatted(state.run().shown(), state.status()));
    }
}
