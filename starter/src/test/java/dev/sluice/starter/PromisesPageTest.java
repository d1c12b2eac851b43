package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/verification.md names only tests that exist. */
final class PromisesPageTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))`");

    @Test
    void everyNamedTestExists() throws IOException {
        Set<String> named = NAMED.matcher(Files.readString(Path.of("../docs/verification.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(5);
        assertThat(tests()).containsAll(named);
    }

    private static Set<String> tests() throws IOException {
        Pattern source = Pattern.compile(".*/src/test/java/.*?(\\w+)\\.java");
        try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
            return files.map(file -> source.matcher(file.toString()).results().findFirst())
                    .flatMap(java.util.Optional::stream)
                    .map((MatchResult match) -> match.group(1))
                    .collect(Collectors.toSet());
        }
    }
}
