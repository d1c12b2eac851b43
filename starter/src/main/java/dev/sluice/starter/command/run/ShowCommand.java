package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.run.RunView;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.text.ExpiryText;
import dev.sluice.starter.text.LeaksText;
import dev.sluice.starter.text.ShowText;
import dev.sluice.starter.text.StuckRunText;
import dev.sluice.starter.text.TimeText;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.Sweep.SweepReport;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Shows a run's report in full. */
@Command(
        name = "show",
        description = "Shows a run: its steps, verdict and evidence of a failed node, or the findings of a check.")
final class ShowCommand extends RunCommand {
    ShowCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = findRun();
        return switch (state.type()) {
            case "CheckExpiry" ->
                showFindings(state, ExpiryReport.class, report -> ExpiryText.lines(report, session.clock()));
            case "FindLeaks" -> showFindings(state, LeakReport.class, LeaksText::lines);
            case "Sweep" ->
                showFindings(
                        state, SweepReport.class, report -> LeaksText.linesAfterFix(new LeakReport(report.leaks())));
            default -> showSteps(state);
        };
    }

    /** Shows the findings of a check, which exist only once it has ended. */
    private <R> int showFindings(RunState state, Class<R> type, Function<R, List<String>> text) {
        if (state.open()) {
            throw new CliException(
                    ExitCode.WAITING,
                    "%s is running since %s; its findings are shown once it has ended."
                            .formatted(
                                    state.run().displayName(),
                                    TimeText.second(
                                            state.started(), session.clock().getZone())));
        }
        R report = readResult(state, type).report().orElseThrow(() -> noReportException(state));
        session.printResult(report, text.apply(report));
        return ExitCode.DONE;
    }

    private int showSteps(RunState state) {
        Class<?> type = state.reportType()
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE,
                        "%s is a %s, which has no report.".formatted(state.run().displayName(), state.type())));
        Object report = readReport(state, type).orElseThrow(() -> noReportException(state));
        RunView view = RunView.of(report);
        RunView now = state.open() ? session.temporal().addPendingRetries(view, state.run()) : view;
        session.printResult(report, ShowText.lines(report, now, state.run(), session.clock()));
        return ExitCode.DONE;
    }

    private CliException noReportException(RunState state) {
        if (state.stuck()) {
            return new CliException(ExitCode.WAITING, StuckRunText.withWayOut(state, session.clock()));
        }
        if (state.open()) {
            return session.starts()
                    .noWorkerException("Temporal reports: %s, %s, since %s."
                            .formatted(
                                    state.run().displayName(), state.phase().orElse(state.status()), state.started()));
        }
        return new CliException(
                ExitCode.WAITING,
                "%s is %s and left no report.  A worker can rebuild the report from the history, but none answers."
                        .formatted(state.run().displayName(), state.status()));
    }
}
