package dev.sluice.starter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.session.RootCommand.OutputFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CliSessionTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final RootCommand options = new RootCommand();
    private final AtomicInteger connections = new AtomicInteger();
    private Path directory = Path.of("src/test/resources/hello");

    @TempDir
    Path empty = Path.of("");

    private CliSession session(boolean terminal) {
        return new CliSession(
                new CliEnvironment(
                        environment,
                        directory,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal,
                        TestReports.CLOCK,
                        Duration.ofSeconds(7),
                        settings -> {
                            connections.incrementAndGet();
                            throw new CliException(9, "Temporal is down");
                        }),
                options);
    }

    private CliSession session() {
        return session(false);
    }

    @Test
    void readsTheClusterFileOfTheDirectory() {
        assertThat(session().clusterFile()).isEqualTo(TestReports.file());
    }

    @Test
    void readsTheClusterFileThatTheEnvironmentNames() {
        environment.put(
                "SLUICE_FILE", directory.resolve("sluice.yaml").toAbsolutePath().toString());
        directory = empty;

        assertThat(session().clusterFile()).isEqualTo(TestReports.file());
    }

    @Test
    void rejectsAMissingClusterFileAsWrongUse() {
        directory = empty;

        CliException missing =
                catchThrowableOfType(CliException.class, () -> session().clusterFile());

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.sentence()).contains("--file", "SLUICE_FILE");
    }

    @Test
    void placesANewClusterFileBesideTheCallOrWhereTheOptionSays() {
        assertThat(session().newClusterFile()).isEqualTo(directory.resolve("sluice.yaml"));

        options.file = Path.of("shop.yaml");
        assertThat(session().newClusterFile()).isEqualTo(directory.resolve("shop.yaml"));
    }

    @Test
    void connectsToTemporalOnlyWhenItIsNeeded() {
        CliSession session = session();
        session.clusterFile();
        session.close();
        assertThat(connections).hasValue(0);

        assertThat(catchThrowableOfType(CliException.class, session::temporal).exitCode())
                .isEqualTo(9);
        assertThat(connections).hasValue(1);
    }

    @Test
    void namesTheOperatorOfTheEnvironmentElseTheUser() {
        assertThat(session().requestedBy()).isEqualTo(System.getProperty("user.name"));

        environment.put("SLUICE_BY", " ");
        assertThat(session().requestedBy()).isEqualTo(System.getProperty("user.name"));

        environment.put("SLUICE_BY", "ana");
        assertThat(session().requestedBy()).isEqualTo("ana");
    }

    @ParameterizedTest
    @CsvSource({
        "true,text,'',true,true",
        "true,json,'',true,true",
        "true,jsonl,'',false,false",
        "true,text,1,true,false",
        "false,text,'',false,false"
    })
    void drawsColoursOnlyForAPersonAtATerminal(
            boolean terminal, OutputFormat format, String noColour, boolean draws, boolean colours) {
        options.output = format;
        environment.put("NO_COLOR", noColour);

        assertThat(session(terminal).isTerminal()).isEqualTo(draws);
        assertThat(session(terminal).hasColours()).isEqualTo(colours);
    }

    @Test
    void printsAResultInTheFormatThatWasAskedFor() {
        Map<String, Object> value = Map.of("node", "hello-app-k3f9");

        session().printResult(value, List.of("one line", "another"));
        assertThat(out.toString().lines()).containsExactly("one line", "another");

        out.getBuffer().setLength(0);
        options.output = OutputFormat.json;
        session().printResult(value, List.of("one line"));
        assertThat(out.toString().lines()).containsExactly("{", "  \"node\" : \"hello-app-k3f9\"", "}");

        out.getBuffer().setLength(0);
        options.output = OutputFormat.jsonl;
        session().printResult(value, List.of("one line"));
        assertThat(out.toString().lines()).containsExactly("{\"node\":\"hello-app-k3f9\"}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void takesClockAndPatienceFromItsEnvironment() {
        assertThat(session().clock()).isEqualTo(TestReports.CLOCK);
        assertThat(session().patience()).isEqualTo(Duration.ofSeconds(7));
        assertThat(session().environment()).isEqualTo(environment);
    }
}
