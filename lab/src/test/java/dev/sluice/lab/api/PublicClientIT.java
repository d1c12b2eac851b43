package dev.sluice.lab.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.namespaces.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DigitalOcean's own Python client cannot tell the lab from the real API; it is installed from PyPI, once. */
@Tag("long")
final class PublicClientIT {
    private static final String CLIENT = "pydo==0.44.0";
    private static final Path HOME = Path.of(System.getProperty("user.home"), ".cache", "sluice", "pydo-0.44.0");

    @Test
    void theOfficialPythonClientDoesAnOperatorsDay() throws IOException {
        install();
        var settings = TestLab.settings();
        try (var lab = new TestLab(new MemoryMachines(), Clock.systemUTC(), settings, time -> {})) {
            var day = Command.attempt(
                    List.of(
                            HOME.resolve("bin/python").toString(),
                            "src/test/resources/public-client.py",
                            lab.server.url(),
                            settings.token()),
                    Duration.ofMinutes(2));
            assertThat(day.code()).as(day.output() + day.errors()).isZero();
            assertThat(day.output()).endsWith("done\n");
        }
    }

    // The mark is written last: an installation that was cut off is made anew.
    private static void install() throws IOException {
        Path mark = HOME.resolve("installed");
        if (Files.exists(mark)) return;
        Command.run(List.of("python3", "-m", "venv", "--clear", HOME.toString()), Duration.ofMinutes(2));
        Command.run(List.of(HOME.resolve("bin/pip").toString(), "install", "--quiet", CLIENT), Duration.ofMinutes(5));
        Files.createFile(mark);
    }
}
