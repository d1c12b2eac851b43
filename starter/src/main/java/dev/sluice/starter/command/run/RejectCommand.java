package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.report.ChangeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A person's no. */
@Command(name = "reject", description = "Says no to the plan that a run waits with.")
public final class RejectCommand extends RunCommand {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; everybody gets to read it.")
    String reason = "";

    public RejectCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = findOpenRun();
        String digest = session.temporal()
                .queryReport(state.run(), ChangeReport.class)
                .orElseThrow(() -> session.starts()
                        .noWorkerException("A no needs the plan's digest, which only a worker can tell."))
                .planDigest()
                .map(Sha256Digest::value)
                .orElseThrow(() -> new CliException(
                        ExitCode.REJECTED,
                        "Refused: %s waits for nobody now."
                                .formatted(state.run().displayName())));
        return new DecisionSender(session).decide(state, false, digest, reason);
    }
}
