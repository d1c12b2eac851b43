package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.SelectClasses;

class SuiteCoverageTest {
    private static final Path SOURCES = Path.of("src/test/java/dev/sluice/acceptance");

    @Test
    void everyBlackBoxTestIsInASuite() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IT.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
            List<String> inSuites = Stream.of(
                            OperatorWorkSuite.class,
                            FaultSuite.class,
                            TutorialSuite.class,
                            SystemdNodeSuite.class,
                            DocumentedCommandsSuite.class)
                    .flatMap(suite ->
                            Stream.of(suite.getAnnotation(SelectClasses.class).value()))
                    .map(Class::getSimpleName)
                    .toList();
            assertThat(inSuites).containsAll(tests);
        }
    }
}
