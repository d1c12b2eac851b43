package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database and the Temporal server of docker-compose.yml without an engine: this machine's PostgreSQL, and Temporal's
 * schema tool and server of that release, built from their source and given what the file gives them.
 */
@Tag("long")
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class PostgresIT {
    private static final String PASSWORD = "p4ssw0rd";
    private static final int NO_GO = 3;
    private static final int BUILDING = 900;

    /** The server's own ports, which the file leaves as they are: several servers may run here. */
    private static final List<String> OWN_PORTS = List.of(
            "FRONTEND_HTTP_PORT",
            "FRONTEND_MEMBERSHIP_PORT",
            "MATCHING_GRPC_PORT",
            "MATCHING_MEMBERSHIP_PORT",
            "HISTORY_GRPC_PORT",
            "HISTORY_MEMBERSHIP_PORT",
            "WORKER_GRPC_PORT",
            "WORKER_MEMBERSHIP_PORT");

    @TempDir
    Path folder = Path.of("");

    private final List<Process> servers = new ArrayList<>();
    private final int port = PostgresServer.freePort();
    private PostgresServer postgres;

    @BeforeAll
    static void onlyWhereThereIsOne() {
        assumeTrue(PostgresServer.programs().isPresent(), "There is no PostgreSQL on this machine.");
    }

    @BeforeEach
    void aDatabase() throws IOException {
        Path cli = folder.resolve("temporal");
        Files.writeString(cli, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(TemporalCliServer.CLI));
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        postgres = PostgresServer.start(PostgresServer.programs().orElseThrow(), PASSWORD);
    }

    @AfterEach
    void gone() throws IOException {
        servers.forEach(Process::destroyForcibly);
        postgres.close();
    }

    @Test
    void makesSchemasOnceAndKeepsRunsOfAKilledServer() throws IOException, InterruptedException {
        Path tool = built("temporal-sql-tool");
        Path server = built("temporal-server");

        schemas(tool);
        String versions = versions();
        assertThat(versions).matches("1\\.\\d+ 1\\.\\d+");
        schemas(tool);
        assertThat(versions()).isEqualTo(versions);

        Process first = serve(server);
        assertThat(script("init-temporal.sh", Map.of()).said())
                .contains("Namespace sluice made", "SluicePhase (Keyword) made");
        temporal("workflow", "start", "--task-queue", "none", "--type", "Waits", "--workflow-id", "waits");
        assertThat(first.destroyForcibly().waitFor()).isNotZero();

        serve(server);
        assertThat(script("init-temporal.sh", Map.of()).said())
                .isEqualTo("Namespace sluice is ready: closed runs are kept for 30d\n");
        // Started, and nobody has taken it.
        assertThat(temporal("workflow", "describe", "--workflow-id", "waits")).containsPattern("HistoryLength +2\n");
    }

    private void schemas(Path tool) {
        Map<String, String> settings = new HashMap<>(given("schema"));
        settings.put("TEMPORAL_SCHEMAS", tool.resolveSibling("schema") + "/postgresql/v12");
        settings.put("PATH", tool.getParent() + ":/usr/bin:/bin");
        script("init-schema.sh", settings);
    }

    private String versions() {
        String query = "select curr_version from schema_version";
        return postgres.ask("temporal", query) + " " + postgres.ask("temporal_visibility", query);
    }

    private Process serve(Path server) throws IOException {
        Map<String, String> settings = new HashMap<>(given("temporal"));
        settings.put("BIND_ON_IP", "127.0.0.1");
        settings.put(
                "DYNAMIC_CONFIG_FILE_PATH",
                Path.of("../compose/dynamicconfig/sluice.yaml").toRealPath().toString());
        settings.put("FRONTEND_GRPC_PORT", Integer.toString(port));
        OWN_PORTS.forEach(name -> settings.put(name, Integer.toString(PostgresServer.freePort())));
        ProcessBuilder builder = new ProcessBuilder(server.toString(), "start")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().putAll(settings);
        Process process = builder.start();
        servers.add(process);
        return process;
    }

    /** The environment that docker-compose.yml gives to a service, with this database's place and password. */
    private Map<String, String> given(String service) {
        Map<String, String> given = new HashMap<>();
        ComposeFile.map(ComposeFile.service(service).get("environment"))
                .forEach((name, value) -> given.put(
                        name.toString(), value.toString().replaceFirst("\\$\\{POSTGRES_PASSWORD:.*}", PASSWORD)));
        given.put("POSTGRES_SEEDS", "127.0.0.1");
        given.put("DB_PORT", Integer.toString(postgres.port));
        return given;
    }

    private ProcessRunner.ProcessOutcome script(String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(ProcessRunner.plain());
        environment.put("PATH", folder + ":/usr/bin:/bin");
        environment.put("TEMPORAL_ADDRESS", "127.0.0.1:" + port);
        environment.putAll(settings);
        ProcessRunner.ProcessOutcome outcome = ProcessRunner.run(environment, List.of("/bin/sh", "../compose/" + name));
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        return outcome;
    }

    private String temporal(String... words) {
        List<String> command = new ArrayList<>(List.of(TemporalCliServer.CLI));
        command.addAll(List.of(words));
        command.addAll(List.of("--namespace", "sluice", "--address", "127.0.0.1:" + port));
        ProcessRunner.ProcessOutcome outcome = ProcessRunner.run(ProcessRunner.plain(), command);
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        return outcome.said();
    }

    private static Path built(String program) {
        ProcessRunner.ProcessOutcome outcome =
                ProcessRunner.run(System.getenv(), List.of("bash", "../scripts/go-program.sh", program), BUILDING);
        assumeTrue(outcome.exit() != NO_GO, outcome.said());
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        return Path.of(outcome.said().strip().replaceFirst("(?s).*\n", ""));
    }
}
