package dev.sluice.lab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.namespaces.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DigitalOcean's own clients cannot tell the lab from the real API; each is installed once, from its registry. */
@Tag("long")
final class PublicClientIT {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "sluice");
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Duration INSTALLATION = Duration.ofMinutes(10);

    @Test
    void theOfficialPythonClientDoesAnOperatorsDay() throws IOException {
        Path home = CACHE.resolve("pydo-0.44.0");
        once(home, () -> {
            Command.run(List.of("python3", "-m", "venv", "--clear", home.toString()), INSTALLATION);
            Command.run(
                    List.of(home.resolve("bin/pip").toString(), "install", "--quiet", "pydo==0.44.0"), INSTALLATION);
        });
        aDay(
                home.resolve("bin/python").toString(),
                RESOURCES.resolve("public-client.py").toString());
    }

    @Test
    void theOfficialCommandLineDoesAnOperatorsDay() throws IOException {
        assumeTrue(isThere("go"), "doctl is built from its source, and there is no go on this machine.");
        Path home = CACHE.resolve("doctl-1.105.0");
        once(home, () -> {
            Path source = Files.createDirectories(home.resolve("source"));
            Files.writeString(
                    source.resolve("go.mod"),
                    "module doctl\n\ngo 1.20\n\nrequire github.com/digitalocean/doctl v1.105.0\n");
            Command.run(
                    List.of(
                            "go",
                            "-C",
                            source.toString(),
                            "build",
                            "-mod=mod",
                            "-o",
                            home.resolve("doctl").toString(),
                            "github.com/digitalocean/doctl/cmd/doctl"),
                    INSTALLATION);
        });
        aDay(
                "bash",
                RESOURCES.resolve("public-client.sh").toString(),
                home.resolve("doctl").toString());
    }

    private static void aDay(String... client) throws IOException {
        var settings = TestLab.settings();
        try (var lab = new TestLab(new MemoryMachines(), Clock.systemUTC(), settings, time -> {})) {
            var words = new ArrayList<>(List.of(client));
            words.addAll(List.of(lab.server.url(), settings.token()));
            var day = Command.attempt(words, Duration.ofMinutes(5));
            assertThat(day.code()).as(day.output() + day.errors()).isZero();
            assertThat(day.output()).endsWith("done\n");
        }
    }

    private static boolean isThere(String program) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private interface Installation {
        void install() throws IOException;
    }

    // The mark is written last: an installation that was cut off is made anew.
    private static void once(Path home, Installation installation) throws IOException {
        Path mark = home.resolve("installed");
        if (Files.exists(mark)) return;
        installation.install();
        Files.createFile(mark);
    }
}
