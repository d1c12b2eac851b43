package dev.sluice.starter;

import dev.sluice.starter.audit.AuditCommand;
import dev.sluice.starter.command.cluster.ClusterCommands;
import dev.sluice.starter.command.run.RunCommands;
import dev.sluice.starter.doctor.DoctorCommand;
import dev.sluice.starter.init.InitCommand;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliEnvironment;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.RootCommand;
import dev.sluice.starter.ssh.SshCommand;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The entry point of the CLI: it registers the commands and turns exceptions into sentences and exit codes. */
public final class Sluice {
    private Sluice() {}

    public static void main(String[] words) {
        int code = run(CliEnvironment.ofThisProcess(), words);
        // The SDK's threads would keep the process alive for a while.
        System.exit(code);
    }

    /** Runs one command and returns its exit code. */
    public static int run(CliEnvironment environment, String... words) {
        RootCommand root = new RootCommand();
        try (CliSession session = new CliSession(environment, root)) {
            return commands(root, session).execute(words);
        } finally {
            environment.out().flush();
            environment.err().flush();
        }
    }

    /** Returns all commands, for the completions and the manual page. */
    public static CommandLine commands() {
        RootCommand root = new RootCommand();
        return commands(root, new CliSession(CliEnvironment.ofThisProcess(), root));
    }

    static CommandLine commands(RootCommand root, CliSession session) {
        CommandLine line = new CommandLine(root);
        Stream.of(
                        ClusterCommands.create(session),
                        RunCommands.create(session),
                        List.of(
                                new AuditCommand(session),
                                new SshCommand(session),
                                new InitCommand(session),
                                new DoctorCommand(session)))
                .flatMap(List::stream)
                .forEach(line::addSubcommand);
        line.setOut(session.out())
                .setErr(session.err())
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((thrown, command, parsed) -> handleException(thrown, session));
        return line;
    }

    private static int handleException(Exception thrown, CliSession session) throws Exception {
        RuntimeException error = thrown instanceof RuntimeException runtime && fromTemporal(thrown)
                ? session.temporal().translate(runtime)
                : thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
        if (error instanceof CliException known) {
            session.err().println(known.sentence());
            session.err().flush();
            return known.exitCode();
        }
        session.err().println("Sluice has a bug, please report this:");
        thrown.printStackTrace(session.err());
        session.err().flush();
        return ExitCode.RESTORED;
    }

    /** Compares names, so that a mistyped option does not load the classes of Temporal's client. */
    private static boolean fromTemporal(Exception thrown) {
        return thrown.getClass().getName().startsWith("io.temporal.")
                || thrown.getClass().getName().startsWith("io.grpc.");
    }
}
