package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Schedules;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.ScheduleText;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.schedule.Kept;
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
    public static final class Group {}

    /** Lists them. */
    @Command(name = "list", description = "Lists the cluster's schedules.")
    public static final class Listing implements Callable<Integer> {
        private final Session session;

        public Listing(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            List<Kept> kept =
                    new Schedules(session.temporal()).list(session.clusterFile().name());
            session.result(kept, ScheduleText.lines(kept, session.clock()));
            session.err().println("Web UI  " + session.links().schedules());
            return ExitCode.DONE;
        }
    }

    /** Makes them what the file says. */
    @Command(
            name = "set",
            description =
                    "Makes the schedules what the cluster file says, and hands them the file; pauses and notes stay.")
    public static final class Setting implements Callable<Integer> {
        private final Session session;

        public Setting(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            List<String> done = new Schedules(session.temporal()).set(file);
            session.result(done, done);
            session.err().println("Web UI  " + session.links().schedules());
            return ExitCode.DONE;
        }
    }

    /** Starts one now. */
    @Command(name = "run", description = "Starts a schedule's runbook now, also while it is paused.")
    public static final class Running implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NAME", description = "The schedule, such as expiry.")
        String name = "";

        public Running(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            new Schedules(session.temporal()).change(session.clusterFile().name(), name, ScheduleHandle::trigger);
            String says = "%s is started.  Its run: %s     What it found: %s"
                    .formatted(name, Hints.listAll(), Hints.show("RUN"));
            session.result(says, List.of(says));
            return ExitCode.DONE;
        }
    }

    /** Stops the starting. */
    @Command(name = "pause", description = "Pauses a schedule; what runs goes on.")
    public static final class Pausing implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NAME", description = "The schedule, such as expiry.")
        String name = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; everybody gets to read it.")
        String reason = "";

        public Pausing(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterName cluster = session.clusterFile().name();
            String note = "paused by %s: %s".formatted(session.by(), reason);
            new Schedules(session.temporal()).change(cluster, name, schedule -> schedule.pause(note));
            String says = "%s is %s.  Go on: %s".formatted(name, note, Hints.resumeSchedule(name));
            session.result(says, List.of(says));
            return ExitCode.DONE;
        }
    }

    /** Goes on. */
    @Command(name = "resume", description = "Lets a paused schedule go on.")
    public static final class Resuming implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NAME", description = "The schedule, such as expiry.")
        String name = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Why; everybody gets to read it.")
        String reason = "";

        public Resuming(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterName cluster = session.clusterFile().name();
            String note = "resumed by %s%s".formatted(session.by(), reason.isBlank() ? "" : ": " + reason);
            new Schedules(session.temporal()).change(cluster, name, schedule -> schedule.unpause(note));
            String says = "%s is %s.".formatted(name, note);
            session.result(says, List.of(says));
            return ExitCode.DONE;
        }
    }
}
