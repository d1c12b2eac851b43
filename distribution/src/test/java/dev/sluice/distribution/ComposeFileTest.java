package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of docker-compose.yml without an engine that runs it. */
class ComposeFileTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:[-?])?[^}]*}");
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|PWD|TOKEN|SECRET|KEY)$");

    @TempDir
    Path folder = Path.of("");

    @Test
    @EnabledIfEnvironmentVariable(named = "CHECK_JSONSCHEMA_PATH", matches = ".+")
    void matchesTheComposeSpecification() throws IOException {
        Path broken = Files.writeString(
                folder.resolve("broken.yml"), ComposeFile.text().replace("ports:", "portz:"));

        ProcessRunner.ProcessOutcome good = validated(ComposeFile.FILE);
        ProcessRunner.ProcessOutcome bad = validated(broken);

        assertThat(good.exit()).as(good.said()).isZero();
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.said()).contains("'portz' was unexpected");
    }

    private static ProcessRunner.ProcessOutcome validated(Path file) {
        return ProcessRunner.run(
                System.getenv("CHECK_JSONSCHEMA_PATH"), "--builtin-schema", "vendor.compose-spec", file.toString());
    }

    @Test
    void publishesPortsOnLoopbackOnly() {
        Set<String> published = new TreeSet<>();
        ComposeFile.services()
                .values()
                .forEach(service -> ComposeFile.list(ComposeFile.map(service).get("ports"))
                        .forEach(port -> published.add(port.toString())));

        assertThat(published).containsExactly("127.0.0.1:7233:7233", "127.0.0.1:8233:8080");
        assertThat(ComposeFile.text()).doesNotContain("network_mode", "privileged", "docker.sock");
    }

    @Test
    void pinsEveryImage() throws IOException {
        Map<String, String> images = new TreeMap<>();
        ComposeFile.services()
                .forEach((name, service) -> images.put(
                        name.toString(), String.valueOf(ComposeFile.map(service).get("image"))));

        assertThat(images)
                .containsEntry("temporal", "temporalio/server:1.32.0")
                .containsEntry("schema", "temporalio/admin-tools:1.32.0")
                .containsEntry("namespace", "temporalio/admin-tools:1.32.0")
                .containsEntry("ui", "temporalio/ui:2.54.1")
                .containsEntry("worker", "sluice-worker")
                .hasSize(6);
        assertThat(images.get("postgresql")).matches("postgres:16\\.\\d+-[a-z]+");
        assertThat(ComposeFile.service("worker").get("pull_policy")).isEqualTo("build");
        assertThat(Files.readString(Path.of("../compose/Dockerfile")))
                .containsPattern("(?m)^FROM eclipse-temurin:17\\.\\d+\\.\\d+_\\d+-jre-[a-z]+$");
    }

    @Test
    void startsNothingWithoutPasswordAndKeys() {
        Map<String, Set<String>> ways = new TreeMap<>();
        VARIABLE.matcher(ComposeFile.text())
                .results()
                .forEach(match -> ways.computeIfAbsent(match.group(1), name -> new TreeSet<>())
                        .add(String.valueOf(match.group(2))));

        assertThat(ways)
                .containsEntry("POSTGRES_PASSWORD", Set.of(":?"))
                .containsEntry("SLUICE_KEYS", Set.of(":?"))
                .containsOnlyKeys("POSTGRES_PASSWORD", "SLUICE_KEYS", "SLUICE_RETENTION", "SLUICE_UID", "SLUICE_GID");
    }

    /** By itself Temporal lets each short one come up to a second late, and a killed worker costs several. */
    @Test
    void setsTheTimersOfTemporalAsTheLabDoes() throws IOException {
        assertThat(Files.readString(Path.of("../compose/dynamicconfig/sluice.yaml")))
                .contains("history.timerProcessorMaxTimeShift:\n  - value: 10ms\n");
        assertThat(Files.readString(Path.of("../scripts/temporal.sh")))
                .contains("--dynamic-config-value 'history.timerProcessorMaxTimeShift=\"10ms\"'");
    }

    @Test
    void containsNoSecret() {
        ComposeFile.services()
                .forEach((name, service) -> ComposeFile.map(
                                ComposeFile.map(service).get("environment"))
                        .forEach((key, value) -> {
                            if (SECRET.matcher(key.toString()).matches()) {
                                assertThat(value.toString())
                                        .as("%s of %s", key, name)
                                        .matches("\\$\\{POSTGRES_PASSWORD:\\?.*}|/run/sluice/.*");
                            }
                        }));
        assertThat(ComposeFile.service("worker").toString()).doesNotContain("POSTGRES_PASSWORD");
    }

    @Test
    void restrictsTheWorkerToItsWork() throws IOException {
        Map<?, ?> worker = ComposeFile.service("worker");

        assertThat(worker.get("read_only")).isEqualTo(true);
        assertThat(worker.get("tmpfs")).isEqualTo(List.of("/tmp"));
        assertThat(worker.get("cap_drop")).isEqualTo(List.of("ALL"));
        assertThat(worker.get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
        assertThat(worker.get("user")).isEqualTo("${SLUICE_UID:-10001}:${SLUICE_GID:-10001}");
        assertThat(Files.readString(Path.of("../compose/Dockerfile")))
                .contains("\nUSER 10001:10001\n", "\nHEALTHCHECK ", "CMD [\"/opt/sluice/bin/sluice-worker-ready\"]");
    }

    @Test
    void mountsOnlyExistingFilesReadOnly() {
        ComposeFile.services()
                .values()
                .forEach(service -> ComposeFile.list(ComposeFile.map(service).get("volumes")).stream()
                        .map(ComposeFile::map)
                        .filter(volume -> "bind".equals(volume.get("type")))
                        .forEach(ComposeFileTest::existsAndIsReadOnly));
    }

    private static void existsAndIsReadOnly(Map<?, ?> volume) {
        String source = String.valueOf(volume.get("source"));
        assertThat(volume.get("read_only")).as(source).isEqualTo(true);
        if (!source.startsWith("$")) {
            assertThat(ComposeFile.FILE.resolveSibling(source)).isDirectory();
        }
    }
}
