package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.text.StuckRunText;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.report.ChangeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rejects a plan. */
@Command(name = "reject", description = "Rejects the plan that a run is waiting on.")
final class RejectCommand extends RunCommand {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Reason for the rejection. Recorded in Temporal and shown in reports.")
    String reason = "";

    RejectCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = findOpenRun();
        String digest = session.temporal()
                .queryReport(state.run(), ChangeReport.class)
                .orElseThrow(() -> noReportException(state))
                .planDigest()
                .map(Sha256Digest::value)
                .orElseThrow(() -> new CliException(
                        ExitCode.REJECTED,
                        "Refused: %s is not waiting for an approval."
                                .formatted(state.run().displayName())));
        return new DecisionSender(session).reject(state, digest, reason);
    }

    private CliException noReportException(RunState state) {
        return state.stuck()
                ? new CliException(ExitCode.WAITING, StuckRunText.withWayOut(state, session.clock()))
                : session.starts()
                        .noWorkerException("A rejection needs the plan's digest, which only a worker can report.");
    }
}
