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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code schedule}. */
public final class ScheduleCommands {
    private ScheduleCommands() {}

    /** What there is below it. */
    @Command(
            name = "schedule",
            description = "Lists, starts and pauses what Temporal starts by itself for the cluster.",
            synopsisSubcommandLabel = "(list | run | pause | resume | set)")
    public static final class ScheduleGroup {}

    /** Lists them. */
    @Command(name = "list", description = "Lists the cluster's schedules.")
    public static final class ListSchedulesCommand implements Callable<Integer> {
        private final CliSession session;

        public ListSchedulesCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            List<ScheduleStatus> kept = new ScheduleControl(session.temporal())
                    .list(session.clusterFile().name());
            session.printResult(kept, ScheduleText.lines(kept, session.clock()));
            session.err().println("Web UI  " + session.links().schedules());
            return ExitCode.DONE;
        }
    }

    /** Makes them what the file says. */
    @Command(
            name = "set",
            description =
                    "Makes the schedules what the cluster file says, and hands them the file; pauses and notes stay.")
    public static final class SetSchedulesCommand implements Callable<Integer> {
        private final CliSession session;

        public SetSchedulesCommand(CliSession session) {
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

    /** Starts one now. */
    @Command(name = "run", description = "Starts a schedule's runbook now, also while it is paused.")
    public static final class RunScheduleCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "NAME", description = "The schedule, such as expiry.")
        String name = "";

        public RunScheduleCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            new ScheduleControl(session.temporal()).apply(session.clusterFile().name(), name, ScheduleHandle::trigger);
            String says = "%s is started.  Its run: %s     What it found: %s"
                    .formatted(name, CommandHints.listAll(), CommandHints.show("RUN"));
            session.printResult(says, List.of(says));
            return ExitCode.DONE;
        }
    }

    /** Stops the starting. */
    @Command(name = "pause", description = "Pauses a schedule; what runs goes on.")
    public static final class PauseScheduleCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "NAME", description = "The schedule, such as expiry.")
        String name = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; everybody gets to read it.")
        String reason = "";

        public PauseScheduleCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterName cluster = session.clusterFile().name();
            String note = "paused by %s: %s".formatted(session.requestedBy(), reason);
            new ScheduleControl(session.temporal()).apply(cluster, name, schedule -> schedule.pause(note));
            String says = "%s is %s.  Go on: %s".formatted(name, note, CommandHints.resumeSchedule(name));
            session.printResult(says, List.of(says));
            return ExitCode.DONE;
        }
    }

    /** Goes on. */
    @Command(name = "resume", description = "Lets a paused schedule go on.")
    public static final class ResumeScheduleCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "NAME", description = "The schedule, such as expiry.")
        String name = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Why; everybody gets to read it.")
        String reason = "";

        public ResumeScheduleCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterName cluster = session.clusterFile().name();
            String note = "resumed by %s%s".formatted(session.requestedBy(), reason.isBlank() ? "" : ": " + reason);
            new ScheduleControl(session.temporal()).apply(cluster, name, schedule -> schedule.unpause(note));
            String says = "%s is %s.".formatted(name, note);
            session.printResult(says, List.of(says));
            return ExitCode.DONE;
        }
    }
}
