package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.session.CliEnvironment;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.RootCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Compares docs/cli.md with the commands; with {@code -Dsluice.docs=write} the test regenerates it. */
final class CommandLinePageTest {
    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final String BEGIN = "<!-- commands: made from the code by CommandLinePageTest -->\n";

    @Test
    void thePageContainsTheHelpOfEveryCommand() throws IOException {
        String page = Files.readString(PAGE);
        String written = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + commands();
        if ("write".equals(System.getProperty("sluice.docs"))) {
            Files.writeString(PAGE, written);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(written);
    }

    /** Returns all commands; a connection to Temporal fails the test. */
    static CommandLine root() {
        RootCommand globals = new RootCommand();
        CliEnvironment surroundings = new CliEnvironment(
                Map.of(),
                Path.of(""),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                false,
                Clock.systemUTC(),
                Duration.ofSeconds(1),
                environment -> {
                    throw new AssertionError("Temporal was asked");
                });
        return Sluice.commands(globals, new CliSession(surroundings, globals));
    }

    private static String commands() {
        CommandLine root = root();
        Map<String, CommandLine> all = new LinkedHashMap<>();
        collect("sluice", root, all);
        StringBuilder text = new StringBuilder();
        all.forEach((name, command) -> text.append(
                "\n## %s\n\n```\n%s```\n".formatted(name, command.getUsageMessage(CommandLine.Help.Ansi.OFF))));
        return text.toString();
    }

    private static void collect(String name, CommandLine command, Map<String, CommandLine> into) {
        into.put(name, command);
        command.getSubcommands().forEach((word, below) -> collect(name + " " + word, below, into));
    }
}
