package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.session.CliEnvironment;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.RootCommand;
import dev.sluice.workflows.model.cluster.Role;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineUsageTest {
    private final CliRunner console = new CliRunner(environment -> {
        throw new AssertionError("Temporal was asked");
    });

    private static final Pattern SPELLED = Pattern.compile("\"[^\"]*(?<!/)sluice ("
            + String.join("|", commands().getSubcommands().keySet()) + ")\\b");

    /** A string constant's rest from the command on; the salt of host keys begins like one. */
    private static final Pattern HINT_IN_TEXT = Pattern.compile(
            "\"(?:[^\"\\\\\n]|\\\\.)*?(?<![\\w./-])(sluice (?!first contact)[a-z](?:[^\"\\\\\n]|\\\\.)*)\"");

    @TempDir
    Path empty = Path.of("");

    /** Calls every method of CommandHints once. */
    static List<String> hints() throws ReflectiveOperationException {
        List<String> hints = new ArrayList<>();
        for (Method method : CommandHints.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                Object[] values = Arrays.stream(method.getParameterTypes())
                        .map(type -> type == Role.class ? Role.APP : "123456")
                        .toArray();
                hints.add((String) method.invoke(null, values));
            }
        }
        return hints;
    }

    @ParameterizedTest
    @MethodSource("hints")
    void everyCommandHintParses(String hint) {
        assertThat(hint).startsWith("sluice ");
        parse(words(hint));
    }

    /** Every command in the texts of runbooks and activities, which cannot use CommandHints. */
    static List<String> workerHints() throws IOException {
        List<String> hints = new ArrayList<>();
        for (String module : List.of("workflows", "activities", "worker")) {
            try (Stream<Path> sources = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    Matcher hint = HINT_IN_TEXT.matcher(Files.readString(source));
                    while (hint.find()) {
                        hints.add(hint.group(1));
                    }
                }
            }
        }
        return hints;
    }

    @ParameterizedTest
    @MethodSource("workerHints")
    void everyCommandInTextsOfTheWorkerParses(String hint) {
        parse(command(hint));
    }

    @Test
    void findsAnUnknownCommandInATextOfTheWorker() {
        assertThatThrownBy(() -> parse(command("sluice templates %s lists them.")))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    /** The command at the start of a text: its names, then options, placeholders and quoted values; the rest is prose. */
    private static List<String> command(String text) {
        List<String> command = new ArrayList<>();
        CommandLine at = commands();
        for (String word : words(text.replace("\\\"", "\"").replaceFirst(" $", " %s"))) {
            CommandLine below = at.getSubcommands().get(word);
            at = below == null ? at : below;
            if (below == null && !command.isEmpty() && !word.matches("--.*|123456|\".*\"")) {
                break;
            }
            command.add(word);
        }
        return command;
    }

    private static List<String> words(String command) {
        return Pattern.compile("\"[^\"]*\"|[^\\s\"]+")
                .matcher(command.substring("sluice ".length()))
                .results()
                .map(word -> word.group().replaceFirst("[.,;:]$", "").replace("%s", "123456"))
                .toList();
    }

    private static void parse(List<String> words) {
        commands().parseArgs(words.toArray(new String[0]));
    }

    @Test
    void onlyCommandHintsSpellsOutCommands() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> spelling = sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("CommandHints.java"))
                    .filter(CommandLineUsageTest::spellsACommand)
                    .toList();
            assertThat(spelling).isEmpty();
        }
    }

    private static boolean spellsACommand(Path source) {
        try {
            return Files.readAllLines(source).stream()
                    .anyMatch(line -> SPELLED.matcher(line).find());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static CommandLine commands() {
        RootCommand globals = new RootCommand();
        CliEnvironment surroundings = new CliEnvironment(
                java.util.Map.of(),
                Path.of(""),
                new java.io.PrintWriter(new java.io.StringWriter()),
                new java.io.PrintWriter(new java.io.StringWriter()),
                false,
                java.time.Clock.systemUTC(),
                java.time.Duration.ofSeconds(1),
                environment -> {
                    throw new AssertionError("Temporal was asked");
                });
        return Sluice.commands(globals, new CliSession(surroundings, globals));
    }

    @Test
    void everyCommandHasHelpWithoutTemporal() {
        for (String command : commands().getSubcommands().keySet()) {
            CliOutcome help = console.run(command, "--help");
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out()).as(command).startsWith("Usage: sluice " + command);
        }
        assertThat(console.run("template", "bake", "--help").out()).startsWith("Usage: sluice template bake");
        assertThat(console.run("--version").out()).startsWith("sluice ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy --role db|'db' is not a role; roles are app and proxy",
                "deploy --role app --count 0|--count is 0; expected 1 to 50",
                "deploy --role app --keep-failed soon|--keep-failed: \"soon\" is not a duration",
                "deploy --role app --needs-approval --approve-by noon|--approve-by: \"noon\" is not a time",
                "deploy --role app --needs-approval --approve-after-gate|give one of them",
                "deploy --role app --approve-by 2h|--approve-by needs --needs-approval",
                "deploy --role app --without-proxy hello-proxy-abcd|--without-proxy needs --reason",
                "deploy|Missing required option: '--role=ROLE'",
                "retire web1|web1 is not a node of cluster hello",
                "eject hello-app-abcd|Missing required option: '--reason=TEXT'",
                "approve change/hello/app --plan xyz --reason y|\"xyz\" is not a plan's digest",
                "leaks --unknown-owner|--unknown-owner needs --fix and --reason",
                "frobnicate|Unmatched argument at index 0: 'frobnicate'",
                "deploy --role app --file nowhere.yaml|--file names",
            })
    void wrongUsageGivesExitCodeTwoWithASentence(String example) {
        String[] parts = example.split("\\|", 2);

        CliOutcome answer = console.run(parts[0].split(" "));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains(parts[1]);
    }

    @Test
    void anInvalidClusterFileGivesExitCodeTwoWithAllErrors() throws IOException {
        Files.writeString(empty.resolve("sluice.yaml"), "cluster: X\nroles: {app: {size: s-1}}\n");

        CliOutcome answer = console.in(empty).run("deploy", "--role", "app");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .startsWith("sluice.yaml is not valid (")
                .contains("line 1  cluster:", "line 1  domain: is missing", "line 2  roles.app.port: is missing");
    }

    @Test
    void unreachableTemporalGivesExitCodeNineWithAddressAndNamespace() {
        CliOutcome answer = new CliRunner(dev.sluice.starter.temporal.TemporalClient::open)
                .with("TEMPORAL_ADDRESS", "127.0.0.1:1")
                .with("TEMPORAL_NAMESPACE", "sluice")
                .run("list");

        assertThat(answer.code()).isEqualTo(9);
        assertThat(answer.err()).contains("Temporal does not answer at 127.0.0.1:1 (namespace sluice)");
    }
}
