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
        Path doctl = built("doctl", "1.105.0", "github.com/digitalocean/doctl/cmd/doctl", """
                module doctl

                go 1.20

                require github.com/digitalocean/doctl v1.105.0
                """, "");
        aDay("bash", RESOURCES.resolve("public-client.sh").toString(), doctl.toString());
    }

    /** Terraform reads each thing again for its plan, and would change whatever is not as it was declared. */
    @Test
    void terraformWithTheOfficialProviderDoesAnOperatorsDay() throws IOException {
        assumeTrue(isThere("go"), "The provider is built from its source, and there is no go on this machine.");
        assumeTrue(isThere("terraform"), "There is no terraform on this machine.");
        // The newest release of which all that it needs is served; Kubernetes' provider is for its own tests.
        Path provider = built(
                "terraform-provider-digitalocean",
                "1.23.0",
                "github.com/digitalocean/terraform-provider-digitalocean",
                """
                module provider

                go 1.16

                require github.com/digitalocean/terraform-provider-digitalocean v1.23.0

                exclude github.com/terraform-providers/terraform-provider-kubernetes v1.9.1-0.20191018170806-2c80accb5635
                """,
                // Go's own database of sums does not know it.
                """
                github.com/digitalocean/terraform-provider-digitalocean v1.23.0 h1:nrp21bTPVRo9zeRW0+BI7pPhiecxpk5Mif/WVdXM38M=
                github.com/digitalocean/terraform-provider-digitalocean v1.23.0/go.mod h1:FJUtRnAyupiErAIZyImS9eh1esriby6yMSz5GYmbDPA=
                """);
        aDay("bash", RESOURCES.resolve("public-client-terraform.sh").toString(), provider.toString());
    }

    /** Builds a Go program of that module file, once, and answers where it is. */
    private static Path built(String name, String version, String main, String module, String sums) throws IOException {
        Path home = CACHE.resolve(name + "-" + version);
        Path program = home.resolve(name);
        once(home, () -> {
            Path source = Files.createDirectories(home.resolve("source"));
            Files.writeString(source.resolve("go.mod"), module);
            Files.writeString(source.resolve("go.sum"), sums);
            Command.run(
                    List.of("go", "-C", source.toString(), "build", "-mod=mod", "-o", program.toString(), main),
                    INSTALLATION);
        });
        return program;
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
