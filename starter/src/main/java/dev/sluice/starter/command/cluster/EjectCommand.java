package dev.sluice.starter.command.cluster;

import dev.sluice.starter.session.CliSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ejects a member. */
@Command(name = "eject", description = "Takes a member out of traffic at once and keeps it out; the node stays.")
final class EjectCommand implements Callable<Integer> {
    private final CliSession session;

    @Parameters(paramLabel = "NODE", description = "Name of the node, such as hello-app-k3f9.")
    String node = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Reason for the change. Recorded in Temporal and shown in reports.")
    String reason = "";

    EjectCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new EjectStarter(session).eject(node, reason);
    }
}
