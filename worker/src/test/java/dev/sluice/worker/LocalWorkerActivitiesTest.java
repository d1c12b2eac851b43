package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.secret.SecretFiles;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.cluster.SecretName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkerActivitiesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void files() throws IOException, InterruptedException {
        for (String name : List.of("id", "ca")) {
            new ProcessBuilder(
                            "ssh-keygen",
                            "-q",
                            "-t",
                            "ed25519",
                            "-N",
                            "",
                            "-f",
                            path(name).toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        write("contact", "c".repeat(48));
        write("site-key", "secret");
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(path(name), text);
        mode(name, "rw-------");
    }

    private void mode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(mode));
    }

    private WorkerFacts facts(String... secrets) throws IOException {
        WorkerSettings settings = new WorkerSettings(
                URI.create("http://127.0.0.1:1"),
                "token",
                path("id"),
                path("ca"),
                path("contact"),
                directory,
                Optional.empty(),
                0);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        HostCertificateAuthority authority = new HostCertificateAuthority(Files.readString(path("ca")), clock);
        return new LocalWorkerActivities(settings, authority, new SecretFiles(directory), clock)
                .describe(List.of(secrets).stream().map(SecretName::new).toList());
    }

    @Test
    void describesAWorkerWithValidFiles() throws IOException {
        WorkerFacts facts = facts("site-key");

        assertThat(facts.wrong()).isEmpty();
        assertThat(facts.clock()).isEqualTo(NOW);
        assertThat(facts.loginKey()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(Files.readString(path("ca.pub"))).startsWith(facts.hostAuthority());
        assertThat(facts.java()).isEqualTo(System.getProperty("java.version"));
    }

    @Test
    void reportsReadableFilesAndMissingSecrets() throws IOException {
        mode("ca", "rw-r--r--");
        write("contact", "short");

        assertThat(facts("site-key", "site-certificate").wrong())
                .satisfiesExactly(
                        first -> assertThat(first).contains("SLUICE_HOST_CA", "run chmod 600 on it"),
                        second -> assertThat(second).contains("SLUICE_FIRST_CONTACT_SECRET", "has 5 bytes"),
                        third -> assertThat(third).contains("no secret 'site-certificate'"));
    }
}
