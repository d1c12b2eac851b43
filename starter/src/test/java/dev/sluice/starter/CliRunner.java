package dev.sluice.starter;

import dev.sluice.starter.session.CliEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs the CLI in this process and records its output. */
public final class CliRunner {
    private final Map<String, String> environment = new HashMap<>(Map.of("SLUICE_BY", "ana"));
    private final CliEnvironment.TemporalConnector connector;
    private boolean terminal;
    private Path directory = Path.of("src/test/resources/hello");

    public CliRunner(CliEnvironment.TemporalConnector connector) {
        this.connector = connector;
    }

    /** The exit code and the output of one call. */
    public record CliOutcome(int code, String out, String err) {
        public String all() {
            return out + err;
        }
    }

    public CliRunner onTerminal() {
        terminal = true;
        return this;
    }

    public CliRunner in(Path other) {
        directory = other;
        return this;
    }

    public CliRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public CliOutcome run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Sluice.run(
                new CliEnvironment(
                        environment,
                        directory,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal,
                        Clock.systemUTC(),
                        Duration.ofSeconds(2),
                        connector),
                words);
        return new CliOutcome(code, out.toString(), err.toString());
    }
}
