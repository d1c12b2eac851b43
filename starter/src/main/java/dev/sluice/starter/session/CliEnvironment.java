package dev.sluice.starter.session;

import dev.sluice.starter.temporal.TemporalClient;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * The environment of one call of the CLI; tests pass their own.
 *
 * @param out results
 * @param err progress and errors
 * @param patience how long to wait for a worker before reporting that none answers
 * @param terminal whether standard error is a terminal
 */
public record CliEnvironment(
        Map<String, String> environment,
        Path directory,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Clock clock,
        Duration patience,
        TemporalConnector connector) {
    /** Opens the connection to Temporal on first use, because its classes take half a second to load. */
    @FunctionalInterface
    public interface TemporalConnector {
        TemporalClient open(Map<String, String> environment);
    }

    public static CliEnvironment ofThisProcess() {
        return new CliEnvironment(
                System.getenv(),
                Path.of(""),
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                TerminalCheck.isErrorTerminal(System.getenv()),
                Clock.system(ZoneId.systemDefault()),
                Duration.ofSeconds(10),
                environment -> TemporalClient.open(environment));
    }
}
