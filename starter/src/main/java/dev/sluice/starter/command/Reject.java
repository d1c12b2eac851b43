package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.Digest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A person's no. */
@Command(name = "reject", description = "Says no to the plan that a run waits with.")
public final class Reject extends RunCommand {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; everybody gets to read it.")
    String reason = "";

    public Reject(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = open();
        String digest = session.temporal()
                .report(state.run(), ChangeReport.class)
                .orElseThrow(
                        () -> session.starts().noWorker("A no needs the plan's digest, which only a worker can tell."))
                .planDigest()
                .map(Digest::value)
                .orElseThrow(() -> new Trouble(
                        ExitCode.REJECTED,
                        "Refused: %s waits for nobody now."
                                .formatted(state.run().shown())));
        return new Answering(session).decide(state, false, digest, reason);
    }
}
