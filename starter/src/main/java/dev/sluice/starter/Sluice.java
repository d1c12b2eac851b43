package dev.sluice.starter;

import dev.sluice.starter.command.Approve;
import dev.sluice.starter.command.AuditRun;
import dev.sluice.starter.command.Cancel;
import dev.sluice.starter.command.Deploy;
import dev.sluice.starter.command.Doctor;
import dev.sluice.starter.command.Eject;
import dev.sluice.starter.command.ExpiryCheck;
import dev.sluice.starter.command.Init;
import dev.sluice.starter.command.Leaks;
import dev.sluice.starter.command.ListRuns;
import dev.sluice.starter.command.Readmit;
import dev.sluice.starter.command.Reject;
import dev.sluice.starter.command.Retire;
import dev.sluice.starter.command.ScheduleCommands;
import dev.sluice.starter.command.Show;
import dev.sluice.starter.command.Ssh;
import dev.sluice.starter.command.Status;
import dev.sluice.starter.command.TemplateCommands;
import dev.sluice.starter.command.Watch;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Trouble;
import picocli.CommandLine;

/** The CLI's beginning: what there is to type, and what becomes of what goes wrong. */
public final class Sluice {
    private Sluice() {}

    public static void main(String[] words) {
        int code = run(Surroundings.ofThisProcess(), words);
        // The SDK's threads would keep the process for a while.
        System.exit(code);
    }

    /** Runs one command; returns its exit code. */
    public static int run(Surroundings surroundings, String... words) {
        Globals globals = new Globals();
        try (Session session = new Session(surroundings, globals)) {
            return commands(globals, session).execute(words);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    /** All that there is to type, for completions and the manual page. */
    public static CommandLine commands() {
        Globals globals = new Globals();
        return commands(globals, new Session(Surroundings.ofThisProcess(), globals));
    }

    static CommandLine commands(Globals globals, Session session) {
        CommandLine root = new CommandLine(globals)
                .addSubcommand(new Deploy(session))
                .addSubcommand(new Status(session))
                .addSubcommand(new ListRuns(session))
                .addSubcommand(new Show(session))
                .addSubcommand(new AuditRun(session))
                .addSubcommand(new Watch(session))
                .addSubcommand(new Approve(session))
                .addSubcommand(new Reject(session))
                .addSubcommand(new Cancel(session))
                .addSubcommand(new Retire(session))
                .addSubcommand(new Eject(session))
                .addSubcommand(new Readmit(session))
                .addSubcommand(new Ssh(session))
                .addSubcommand(new Leaks(session))
                .addSubcommand(new Init(session))
                .addSubcommand(new Doctor(session))
                .addSubcommand(new ExpiryCheck(session))
                .addSubcommand(templates(session))
                .addSubcommand(schedules(session));
        root.setOut(session.out())
                .setErr(session.err())
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((thrown, command, parsed) -> told(thrown, session));
        return root;
    }

    private static CommandLine templates(Session session) {
        return new CommandLine(new TemplateCommands.Group())
                .addSubcommand(new TemplateCommands.Bake(session))
                .addSubcommand(new TemplateCommands.Listing(session))
                .addSubcommand(new TemplateCommands.Approving(session));
    }

    private static CommandLine schedules(Session session) {
        return new CommandLine(new ScheduleCommands.Group())
                .addSubcommand(new ScheduleCommands.Listing(session))
                .addSubcommand(new ScheduleCommands.Running(session))
                .addSubcommand(new ScheduleCommands.Pausing(session))
                .addSubcommand(new ScheduleCommands.Resuming(session))
                .addSubcommand(new ScheduleCommands.Setting(session));
    }

    private static int told(Exception thrown, Session session) throws Exception {
        RuntimeException trouble = thrown instanceof RuntimeException runtime && fromTemporal(thrown)
                ? session.temporal().trouble(runtime)
                : thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
        if (trouble instanceof Trouble known) {
            session.err().println(known.sentence());
            session.err().flush();
            return known.exitCode();
        }
        session.err().println("Sluice has a bug, please report this:");
        thrown.printStackTrace(session.err());
        session.err().flush();
        return ExitCode.RESTORED;
    }

    /** By name, so that a mistyped option does not load the classes of Temporal's client. */
    private static boolean fromTemporal(Exception thrown) {
        return thrown.getClass().getName().startsWith("io.temporal.")
                || thrown.getClass().getName().startsWith("io.grpc.");
    }
}
