package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What operators install. */
public final class DistributionTarball {
    private DistributionTarball() {}

    public static Path findBuilt() throws IOException {
        Path target = SluiceProcess.HOME.resolve("distribution/target").toAbsolutePath();
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
