package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Decisions;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.ChangeRole.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a yes or no to a run: as an update, which answers, else as a signal, which waits for a worker. */
final class Answering {
    private final Session session;

    Answering(Session session) {
        this.session = session;
    }

    int decide(RunState state, boolean approved, String digest, String reason) {
        if (!state.type().equals("ChangeRole")) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "%s is a %s; only changes are approved or rejected."
                            .formatted(state.run().shown(), state.type()));
        }
        Decision decision = new Decision(approved, digest, session.by(), reason);
        Decisions decisions = new Decisions(session.temporal(), session.patience());
        Optional<String> answer = decisions.decide(state.run(), decision);
        String watch = Hints.watch(state.run().shown());
        if (answer.isPresent()) {
            session.result(
                    Map.of("run", state.run().id(), "answer", answer.get()),
                    List.of(answer.get() + "  Watch it: " + watch));
            return ExitCode.DONE;
        }
        decisions.decideLater(state.run(), decision);
        throw session.starts()
                .noWorker("Your %s is left with Temporal; the run judges it when a worker answers.  See: %s"
                        .formatted(approved ? "yes" : "no", watch));
    }
}
