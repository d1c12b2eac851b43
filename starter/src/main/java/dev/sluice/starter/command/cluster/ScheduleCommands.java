package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.ScheduleControl;
import dev.sluice.starter.text.ScheduleText;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.schedule.ScheduleStatus;
import io.temporal.client.schedules.ScheduleHandle;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code schedule}. */
final class ScheduleCommands {
    private ScheduleCommands() {}

    /** Returns the parent command with the commands below it. */
    static CommandLine create(CliSession session) {
        return new CommandLine(new ScheduleGroup())
                .addSubcommand(new ListSchedulesCommand(session))
                .addSubcommand(new RunScheduleCommand(session))
                .addSubcommand(new PauseScheduleCommand(session))
                .addSubcommand(new ResumeScheduleCommand(session))
                .addSubcommand(new SetSchedulesCommand(session));
    }

    /** The parent command. */
    @Command(
            name = "schedule",
            description = "Lists, starts and pauses the runbooks that Temporal starts on a schedule.",
            synopsisSubcommandLabel = "(list | run | pause | resume | set)")
    static final class ScheduleGroup {}

    /** Lists the schedules. */
    @Command(name = "list", description = "Lists the cluster's schedules.")
    static final class ListSchedulesCommand implements Callable<Integer> {
        private final CliSession session;

        ListSchedulesCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            List<ScheduleStatus> found = new ScheduleControl(session.temporal())
                    .list(session.clusterFile().name());
            session.printResult(found, ScheduleText.lines(found, session.clock()));
            session.err().println("Web UI  " + session.links().schedules());
            return ExitCode.DONE;
        }
    }

    /** Sets the schedules from the cluster file. */
    @Command(name = "set", description = "Sets the schedules from the cluster file; keeps pauses and their notes.")
    static final class SetSchedulesCommand implements Callable<Integer> {
        private final CliSession session;

        SetSchedulesCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            List<String> done = new ScheduleControl(session.temporal()).set(file);
            session.printResult(done, done);
            session.err().println("Web UI  " + session.links().schedules());
            return ExitCode.DONE;
        }
    }

    /** Starts a schedule's runbook. */
    @Command(name = "run", description = "Starts a schedule's runbook now, even while the schedule is paused.")
    static final class RunScheduleCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "NAME", description = "Name of the schedule, such as expiry.")
        String name = "";

        RunScheduleCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            new ScheduleControl(session.temporal()).apply(session.clusterFile().name(), name, ScheduleHandle::trigger);
            String result = "%s is started.  Its run: %s     Its findings: %s"
                    .formatted(name, CommandHints.listAll(), CommandHints.show("RUN"));
            session.printResult(result, List.of(result));
            return ExitCode.DONE;
        }
    }

    /** Pauses a schedule. */
    @Command(name = "pause", description = "Pauses a schedule; a run in progress continues.")
    static final class PauseScheduleCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "NAME", description = "Name of the schedule, such as expiry.")
        String name = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Reason for the pause. Recorded in Temporal and shown by schedule list.")
        String reason = "";

        PauseScheduleCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterName cluster = session.clusterFile().name();
            String note = "paused by %s: %s".formatted(session.requestedBy(), reason);
            new ScheduleControl(session.temporal()).apply(cluster, name, schedule -> schedule.pause(note));
            String result = "%s is %s.  Resume it: %s".formatted(name, note, CommandHints.resumeSchedule(name));
            session.printResult(result, List.of(result));
            return ExitCode.DONE;
        }
    }

    /** Resumes a schedule. */
    @Command(name = "resume", description = "Resumes a paused schedule.")
    static final class ResumeScheduleCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "NAME", description = "Name of the schedule, such as expiry.")
        String name = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Reason for the resumption. Recorded in Temporal and shown by schedule list.")
        String reason = "";

        ResumeScheduleCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterName cluster = session.clusterFile().name();
            String note = "resumed by %s%s".formatted(session.requestedBy(), reason.isBlank() ? "" : ": " + reason);
            new ScheduleControl(session.temporal()).apply(cluster, name, schedule -> schedule.unpause(note));
            String result = "%s is %s.".formatted(name, note);
            session.printResult(result, List.of(result));
            return ExitCode.DONE;
        }
    }
}
