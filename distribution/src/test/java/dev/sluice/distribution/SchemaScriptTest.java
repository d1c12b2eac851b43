package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** compose/init-schema.sh with a temporal-sql-tool that writes down how it is called. */
class SchemaScriptTest {
    private static final String PASSWORD = "p4ssw0rd";
    private static final String CALL = "--plugin postgres12 --ep postgresql -p 5432 -u temporal --db ";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void aRecordingTool() throws IOException {
        Path tool = folder.resolve("temporal-sql-tool");
        Files.writeString(tool, """
                #!/bin/sh
                echo "$* [$SQL_PASSWORD]" >>"$JOURNAL"
                [ -z "${FAILS_AT:-}" ] || case $* in *"$FAILS_AT"*) echo "no such table" >&2; exit 1 ;; esac
                """);
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void createsAndUpdatesBothDatabasesWithoutPasswordArgument() throws IOException {
        ProcessRunner.ProcessOutcome outcome =
                run(Map.of("SQL_PASSWORD", PASSWORD, "POSTGRES_SEEDS", "postgresql", "POSTGRES_USER", "temporal"));

        List<String> expected = new ArrayList<>();
        Map<String, String> schemas = Map.of("temporal", "temporal", "temporal_visibility", "visibility");
        for (String database : List.of("temporal", "temporal_visibility")) {
            expected.add(CALL + database + " create");
            expected.add(CALL + database + " setup-schema -v 0.0");
            expected.add(CALL + database + " update-schema -d /etc/temporal/schema/postgresql/v12/"
                    + schemas.get(database) + "/versioned");
        }
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        assertThat(Files.readAllLines(folder.resolve("journal")))
                .isEqualTo(expected.stream()
                        .map(call -> call + " [" + PASSWORD + "]")
                        .toList());
    }

    @Test
    void stopsAtTheFirstFailedStep() throws IOException {
        ProcessRunner.ProcessOutcome outcome = run(Map.of(
                "SQL_PASSWORD",
                PASSWORD,
                "POSTGRES_SEEDS",
                "postgresql",
                "POSTGRES_USER",
                "temporal",
                "FAILS_AT",
                "setup-schema"));

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("journal"))).hasSize(2);
    }

    @Test
    void doesNothingWithoutAPassword() {
        ProcessRunner.ProcessOutcome outcome = run(Map.of("POSTGRES_SEEDS", "postgresql", "POSTGRES_USER", "temporal"));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.said()).contains("SQL_PASSWORD");
        assertThat(folder.resolve("journal")).doesNotExist();
    }

    private ProcessRunner.ProcessOutcome run(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PATH", folder + ":/usr/bin:/bin");
        environment.put("JOURNAL", folder.resolve("journal").toString());
        return ProcessRunner.run(environment, List.of("/bin/sh", "../compose/init-schema.sh"));
    }
}
