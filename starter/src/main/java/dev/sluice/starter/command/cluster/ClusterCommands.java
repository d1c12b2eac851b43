package dev.sluice.starter.command.cluster;

import dev.sluice.starter.session.CliSession;
import java.util.List;

/** Creates the commands that change or show a cluster. */
public final class ClusterCommands {
    private ClusterCommands() {}

    /** Returns the commands in the order of the help. */
    public static List<Object> create(CliSession session) {
        return List.of(
                new DeployCommand(session),
                new StatusCommand(session),
                new CheckCommand(session),
                new RetireCommand(session),
                new EjectCommand(session),
                new ReadmitCommand(session),
                new LeaksCommand(session),
                new ExpiryCommand(session),
                TemplateCommands.create(session),
                ScheduleCommands.create(session));
    }
}
