package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSettingsReaderTest {
    @TempDir
    Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aCompleteEnvironment() throws IOException {
        environment.put("SLUICE_DO_TOKEN", "canary-token");
        environment.put("SLUICE_SSH_KEY", secret("id", 100).toString());
        environment.put("SLUICE_HOST_CA", secret("ca", 100).toString());
        environment.put("SLUICE_FIRST_CONTACT_SECRET", secret("first", 32).toString());
        environment.put("SLUICE_SECRETS", folder.toString());
    }

    @Test
    void defaultsAreDigitalOceanAndAFreePort() {
        WorkerSettings settings = read();

        assertThat(settings.api()).isEqualTo(URI.create("https://api.digitalocean.com"));
        assertThat(settings.port()).isZero();
        assertThat(settings.nameServer()).isEmpty();
    }

    @Test
    void readsEachSettingFromItsVariable() throws IOException {
        environment.remove("SLUICE_DO_TOKEN");
        environment.put("SLUICE_DO_TOKEN_FILE", secret("token", 12).toString());
        environment.put("SLUICE_DO_API", "http://127.0.0.1:4020");
        environment.put("SLUICE_DNS", "10.77.0.1:53");
        environment.put("SLUICE_WORKER_PORT", "9465");

        WorkerSettings settings = read();

        assertThat(settings.token()).isEqualTo("xxxxxxxxxxxx");
        assertThat(settings.api()).isEqualTo(URI.create("http://127.0.0.1:4020"));
        assertThat(settings.nameServer()).contains("10.77.0.1:53");
        assertThat(settings.port()).isEqualTo(9465);
        assertThat(settings.sshKey()).isEqualTo(folder.resolve("id"));
    }

    @Test
    void reportsAllErrorsAtOnce() throws IOException {
        environment.remove("SLUICE_DO_TOKEN");
        environment.put("SLUICE_DO_API", "nonsense");
        environment.put("SLUICE_SSH_KEY", folder.resolve("missing").toString());
        environment.put("SLUICE_FIRST_CONTACT_SECRET", secret("short", 5).toString());
        environment.put("SLUICE_SECRETS", folder.resolve("nowhere").toString());
        environment.put("SLUICE_DNS", "somewhere");
        environment.put("SLUICE_WORKER_PORT", "99999");

        assertThatThrownBy(this::read)
                .hasMessageStartingWith("The worker's settings are not valid (7 errors):")
                .hasMessageContaining("SLUICE_DO_API: 'nonsense' is not a URL")
                .hasMessageContaining("SLUICE_DO_TOKEN: not set")
                .hasMessageContaining("SLUICE_SSH_KEY: " + folder.resolve("missing") + " cannot be read")
                .hasMessageContaining("short has 5 bytes, expected at least 32")
                .hasMessageContaining("nowhere is not a directory")
                .hasMessageContaining("SLUICE_DNS: 'somewhere' is not host:port")
                .hasMessageContaining("SLUICE_WORKER_PORT: '99999' is not a port");
    }

    @Test
    void rejectsAKeyThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("id"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(this::read).hasMessageContaining("can be read by others; run chmod 600 on it");
    }

    @Test
    void rejectsATokenFileThatOthersCanRead() throws IOException {
        environment.remove("SLUICE_DO_TOKEN");
        Path token = secret("token", 12);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));
        environment.put("SLUICE_DO_TOKEN_FILE", token.toString());

        assertThatThrownBy(this::read)
                .hasMessageContaining("SLUICE_DO_TOKEN_FILE: " + token + " can be read by others");
    }

    @Test
    void rejectsPlainHttpBeyondLoopback() {
        environment.put("SLUICE_DO_API", "http://192.0.2.1");

        assertThatThrownBy(this::read).hasMessageContaining("plain http is accepted for loopback only");
    }

    @Test
    void doesNotPrintTheToken() {
        assertThat(read().toString()).doesNotContain("canary-token");
    }

    @Test
    void invalidSettingExitsWithTwo() {
        environment.remove("SLUICE_SECRETS");
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int exit = WorkerMain.start(environment, new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("(1 error)", "SLUICE_SECRETS: not set");
    }

    private WorkerSettings read() {
        return new WorkerSettingsReader(environment).read();
    }

    private Path secret(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "x".repeat(bytes));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
