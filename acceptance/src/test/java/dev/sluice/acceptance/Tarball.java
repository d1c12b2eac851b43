package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What operators install. */
final class Tarball {
    private Tarball() {}

    static Path made() throws IOException {
        Path target = Product.HOME.resolve("distribution/target").toAbsolutePath();
        assertThat(target)
                .as("the tarball; make it without -o: mvn package -pl distribution -am")
                .isDirectory();
        try (Stream<Path> made = Files.list(target)) {
            return made.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
