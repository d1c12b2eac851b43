package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunControl;
import dev.sluice.starter.text.StuckRunText;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends an approval or rejection to a run: as an update, which is answered, else as a signal, which waits for a worker. */
final class DecisionSender {
    private final CliSession session;

    DecisionSender(CliSession session) {
        this.session = session;
    }

    int approve(RunState state, String digest, String reason) {
        return send(state, new ApprovalDecision(true, digest, session.requestedBy(), reason), "approval");
    }

    int reject(RunState state, String digest, String reason) {
        return send(state, new ApprovalDecision(false, digest, session.requestedBy(), reason), "rejection");
    }

    private int send(RunState state, ApprovalDecision decision, String noun) {
        if (!state.type().equals("ChangeRole")) {
            throw new CliException(
                    ExitCode.USAGE,
                    "%s is a %s; only a ChangeRole is approved or rejected."
                            .formatted(state.run().displayName(), state.type()));
        }
        RunControl decisions = new RunControl(session.temporal(), session.patience());
        Optional<String> answer = decisions.decide(state.run(), decision);
        String watch = CommandHints.watch(state.run().displayName());
        if (answer.isPresent()) {
            session.printResult(
                    Map.of("run", state.run().id(), "answer", answer.get()),
                    List.of(answer.get() + "  Watch it: " + watch));
            return ExitCode.DONE;
        }
        if (state.stuck()) {
            throw new CliException(
                    ExitCode.WAITING,
                    "Your %s was not sent: %s".formatted(noun, StuckRunText.withWayOut(state, session.clock())));
        }
        decisions.decideLater(state.run(), decision);
        throw session.starts()
                .noWorkerException("Temporal holds your %s; the run checks it when a worker answers.  Watch it: %s"
                        .formatted(noun, watch));
    }
}
