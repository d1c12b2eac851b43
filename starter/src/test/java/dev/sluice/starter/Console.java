package dev.sluice.starter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs the CLI in this process and keeps what it prints. */
public final class Console {
    private final Map<String, String> environment = new HashMap<>(Map.of("SLUICE_BY", "ana"));
    private final Surroundings.Connector connector;
    private boolean terminal;
    private Path directory = Path.of("src/test/resources/hello");

    public Console(Surroundings.Connector connector) {
        this.connector = connector;
    }

    /** What one call came to. */
    public record Answer(int code, String out, String err) {
        public String all() {
            return out + err;
        }
    }

    public Console onTerminal() {
        terminal = true;
        return this;
    }

    public Console in(Path other) {
        directory = other;
        return this;
    }

    public Console with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Answer run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Sluice.run(
                new Surroundings(
                        environment,
                        directory,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal,
                        Clock.systemUTC(),
                        Duration.ofSeconds(2),
                        connector),
                words);
        return new Answer(code, out.toString(), err.toString());
    }
}
