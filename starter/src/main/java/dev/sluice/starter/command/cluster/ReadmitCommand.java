package dev.sluice.starter.command.cluster;

import dev.sluice.starter.session.CliSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends an ejection. */
@Command(name = "readmit", description = "Lets an ejected member take traffic again.")
final class ReadmitCommand implements Callable<Integer> {
    private final CliSession session;

    @Parameters(paramLabel = "NODE", description = "Name of the node, such as hello-app-k3f9.")
    String node = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Reason for the change. Recorded in Temporal and shown in reports.")
    String reason = "";

    ReadmitCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new EjectStarter(session).readmit(node, reason);
    }
}
