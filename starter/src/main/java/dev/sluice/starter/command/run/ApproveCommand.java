package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Approves a plan. */
@Command(name = "approve", description = "Approves the plan that a run is waiting on.")
final class ApproveCommand extends RunCommand {
    @Option(
            names = "--plan",
            required = true,
            paramLabel = "DIGEST",
            description = "Digest of the plan as printed, at least six digits. Any other plan is refused.")
    String digest = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Reason for the approval. Recorded in Temporal and shown in reports.")
    String reason = "";

    ApproveCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (!digest.matches("[0-9a-f]{6,64}")) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--plan: \"%s\" is not a plan's digest; expected 6 to 64 digits 0-9a-f, as printed."
                            .formatted(digest));
        }
        return new DecisionSender(session).approve(findOpenRun(), digest, reason);
    }
}
