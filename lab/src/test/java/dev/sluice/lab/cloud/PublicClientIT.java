package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.namespaces.HostCommand;
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

/** DigitalOcean's own clients work with the lab; each is installed once, from its registry. */
@Tag("long")
final class PublicClientIT {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "sluice");
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Duration INSTALLATION = Duration.ofMinutes(10);
    private static final int NO_GO = 3;

    @Test
    void theOfficialPythonClientDoesAnOperatorsDay() throws IOException {
        Path home = CACHE.resolve("pydo-0.44.0");
        Path mark = home.resolve("installed");
        if (!Files.exists(mark)) {
            HostCommand.run(List.of("python3", "-m", "venv", "--clear", home.toString()), INSTALLATION);
            HostCommand.run(
                    List.of(home.resolve("bin/pip").toString(), "install", "--quiet", "pydo==0.44.0"), INSTALLATION);
            // Last: an interrupted installation is repeated.
            Files.createFile(mark);
        }
        aDay(
                home.resolve("bin/python").toString(),
                RESOURCES.resolve("public-client.py").toString());
    }

    @Test
    void theOfficialCommandLineDoesAnOperatorsDay() throws IOException {
        aDay("bash", RESOURCES.resolve("public-client.sh").toString(), built("doctl"));
    }

    /** Terraform reads each resource again for its plan, which is empty only if the lab returns the declared values. */
    @Test
    void terraformWithTheOfficialProviderDoesAnOperatorsDay() throws IOException {
        assumeTrue(isThere("terraform"), "There is no terraform on this machine.");
        String provider = built("terraform-provider-digitalocean");
        aDay("bash", RESOURCES.resolve("public-client-terraform.sh").toString(), provider);
    }

    private static String built(String program) throws IOException {
        HostCommand.CommandOutcome building =
                HostCommand.attempt(List.of("bash", "../scripts/go-program.sh", program), INSTALLATION);
        assumeTrue(building.code() != NO_GO, building.errors());
        assertThat(building.code()).as(building.errors()).isZero();
        return building.output().strip();
    }

    private static void aDay(String... client) throws IOException {
        LabSettings settings = TestLab.settings();
        try (TestLab lab = new TestLab(new MemoryMachines(), Clock.systemUTC(), settings, time -> {})) {
            ArrayList<String> words = new ArrayList<>(List.of(client));
            words.addAll(List.of(lab.server.url(), settings.token()));
            HostCommand.CommandOutcome day = HostCommand.attempt(words, Duration.ofMinutes(5));
            assertThat(day.code()).as(day.output() + day.errors()).isZero();
            assertThat(day.output()).endsWith("done\n");
        }
    }

    private static boolean isThere(String program) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
