package dev.sluice.starter;

import dev.sluice.starter.command.Deploy;
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

    static CommandLine commands(Globals globals, Session session) {
        CommandLine root = new CommandLine(globals).addSubcommand(new Deploy(session));
        root.setOut(session.out())
                .setErr(session.err())
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((thrown, command, parsed) -> told(thrown, session));
        return root;
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
