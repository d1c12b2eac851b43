package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tarball that was just made, and a copy that is installed once for all tests. */
final class InstalledTarball {
    static final String NAME = "sluice-" + System.getProperty("sluice.version");
    static final Path FILE = Path.of("target", NAME + ".tar.gz").toAbsolutePath();
    private static final Path HOME = installed();

    private InstalledTarball() {}

    /** Where it is installed. */
    static Path home() {
        return HOME;
    }

    static String read(String name) {
        try {
            return Files.readString(HOME.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Path installed() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installed-");
            unpackInto(folder);
            return folder.resolve(NAME);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void unpackInto(Path folder) {
        ProcessRunner.ProcessOutcome tar = ProcessRunner.run("tar", "-xzf", FILE.toString(), "-C", folder.toString());
        assertThat(tar.exit()).as(tar.said()).isZero();
    }
}
