package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md and the code know the same keys and the same variables. */
final class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ASKED = Pattern.compile(
            "(?:text|optional|number|decimal|flag|duration|words|ports|each|section|requiredSection|pair|milliseconds|read)"
                    + "\\(\\s*(?:\\w+,\\s*)?\"([a-z_]+)\"");
    private static final Pattern VARIABLE = Pattern.compile("SLUICE_[A-Z]+(?:_[A-Z]+)*");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    @Test
    void everyKeyThatIsReadIsInThePage() throws IOException {
        assertThat(words(keysPart())).containsAll(asked());
    }

    @Test
    void everyKeyInThePageIsRead() throws IOException {
        Set<String> known = asked();
        known.addAll(List.of("app", "proxy"));

        String firstColumns = String.join(
                "\n",
                keysPart()
                        .lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(0, line.indexOf('|', 1)))
                        .toList());

        assertThat(known).containsAll(words(firstColumns));
    }

    @Test
    void thePageAndTheCodeKnowTheSameVariables() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path file : sources()) {
            read.addAll(found(VARIABLE, Files.readString(file)));
        }

        assertThat(found(VARIABLE, page())).isEqualTo(read);
    }

    private static Set<String> asked() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String reader : List.of("ClusterFileReader", "RoleReader", "ChecksReader", "ExpiryReader")) {
            keys.addAll(found(
                    ASKED,
                    Files.readString(Path.of("src/main/java/dev/sluice/starter/clusterfile/" + reader + ".java"))));
        }
        return keys;
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new java.util.ArrayList<>(List.of(ROOT.resolve("sluice"), ROOT.resolve("verify")));
        try (Stream<Path> modules = Files.list(ROOT)) {
            Stream.concat(modules.map(module -> module.resolve("src/main")), Stream.of(ROOT.resolve("scripts")))
                    .filter(Files::isDirectory)
                    .forEach(folder -> files.addAll(below(folder)));
        }
        return files;
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|sh|properties)"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/configuration.md"));
    }

    private static String keysPart() throws IOException {
        String page = page();
        return page.substring(0, page.indexOf("## Environment"));
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>();
        for (String code : found(CODE, text)) {
            words.addAll(found(Pattern.compile("([a-z_]+)"), code));
        }
        return words;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() > 0 ? match.group(1) : match.group())
                .forEach(found::add);
        return found;
    }
}
