package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.workflows.SluiceAttributes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the documents with the code: commands to type, links, and tables. */
final class DocumentPagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> LAUNCHER = Set.of("demo", "lab", "worker");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    /** One line of a fenced block. */
    private record TypedCommand(Path page, String line) {}

    @Test
    void everyCommandOfAFencedBlockParses() throws IOException {
        List<TypedCommand> commands = pages().stream()
                .flatMap(page -> fenced(page).stream())
                .filter(typed -> typed.line().matches("(\\./)?sluice .*"))
                .toList();

        assertThat(commands).hasSizeGreaterThan(40);
        for (TypedCommand typed : commands) {
            List<String> words = words(typed.line());
            if (!LAUNCHER.contains(words.get(0))) {
                assertThatCode(() -> CommandLinePageTest.root().parseArgs(words.toArray(String[]::new)))
                        .as("%s: %s", ROOT.relativize(typed.page()), typed.line())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void findsACommandThatDoesNotExist() {
        assertThatCode(() -> CommandLinePageTest.root().parseArgs("deploy", "--roll", "app"))
                .isInstanceOf(picocli.CommandLine.ParameterException.class);
        assertThat(words("./sluice deploy --role app --reason \"my first node\"   # two words"))
                .containsExactly("deploy", "--role", "app", "--reason", "my first node");
    }

    @Test
    void everyLinkedPageExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(page)).results().toList()) {
                String target = link.group(1);
                if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
                    missing.add(ROOT.relativize(page) + " points at " + target);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void thePageListsTheSearchAttributesWithTheirTypes() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `Sluice"))
                .map(line -> line.replaceFirst("^\\| `(\\w+)` \\| (\\w+) \\|.*", "$1 $2"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(SluiceAttributes.ALL.stream()
                        .map(key -> key.getName() + " "
                                + (key.getValueType().name().endsWith("DATETIME") ? "Datetime" : "Keyword"))
                        .toList());
    }

    @Test
    void thePageListsEveryMetricOfTheCode() throws IOException {
        Set<String> counted = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(ROOT.resolve("worker/src/main"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher name = Pattern.compile("\"(sluice(?:\\.[a-z]+){2,})\"").matcher(Files.readString(source));
                while (name.find()) {
                    counted.add(name.group(1).replace('.', '_'));
                }
            }
        }
        Set<String> listed = Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `sluice_"))
                .map(line -> line.replaceFirst("^\\| `(\\w+?)(_total)?[`{].*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(counted);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(path -> path.toString().endsWith(".md")),
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
                    .sorted()
                    .toList();
        }
    }

    private static List<TypedCommand> fenced(Path page) {
        List<TypedCommand> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : read(page)) {
            if (line.strip().startsWith("```")) {
                inside = !inside;
            } else if (inside) {
                lines.add(new TypedCommand(page, line.strip()));
            }
        }
        return lines;
    }

    private static List<String> read(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the words without the program, comments and piped commands; the tutorial's IMAGE becomes a number. */
    private static List<String> words(String line) {
        String bare =
                line.replaceFirst("\\s#.*", "").replaceFirst("\\s[|].*", "").replace("IMAGE", "1");
        return WORD.matcher(bare)
                .results()
                .skip(1)
                .map(word -> Stream.of(word.group(1), word.group(2), word.group(3))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
