package dev.sluice.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.starter.session.CliEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the CLI in this process and keeps what it prints. */
public final class CliRunner {
    private final Map<String, String> environment = new HashMap<>(Map.of("SLUICE_BY", "ana"));
    private final CliEnvironment.TemporalConnector connector;
    private @Nullable String interruption;
    private boolean terminal;
    private Duration patience = Duration.ofSeconds(2);
    private Path directory = Path.of("src/test/resources/hello");

    public CliRunner(CliEnvironment.TemporalConnector connector) {
        this.connector = connector;
    }

    /** What one call came to. */
    public record CliOutcome(int code, String out, String err) {
        public String all() {
            return out + err;
        }

        /** Standard output as one JSON value. */
        public JsonNode json() {
            return parse(out);
        }

        /** Standard output as one JSON object a line. */
        public List<JsonNode> jsonLines() {
            return out.lines().map(CliOutcome::parse).toList();
        }

        private static JsonNode parse(String text) {
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException broken) {
                throw new AssertionError("Not JSON: " + text, broken);
            }
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

    /** For tests without a worker: as long as the CLI waits for one. */
    public CliRunner waiting(Duration time) {
        patience = time;
        return this;
    }

    public CliRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Presses Ctrl-C, as far as a process can do that to itself, once standard error shows that text. */
    public CliRunner interruptedAt(String text) {
        interruption = text;
        return this;
    }

    public CliOutcome run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = interruption == null ? new StringWriter() : new InterruptingWriter(interruption);
        int code = Sluice.run(
                new CliEnvironment(
                        environment,
                        directory,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal,
                        Clock.systemUTC(),
                        patience,
                        connector),
                words);
        return new CliOutcome(code, out.toString(), err.toString());
    }

    /** Interrupts the thread that writes that text, once. */
    private static final class InterruptingWriter extends StringWriter {
        private final String text;
        private boolean done;

        InterruptingWriter(String text) {
            this.text = text;
        }

        @Override
        public void flush() {
            if (!done && toString().contains(text)) {
                done = true;
                Thread.currentThread().interrupt();
            }
        }
    }
}
