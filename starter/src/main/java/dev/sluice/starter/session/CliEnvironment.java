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
 * What the CLI runs in; tests give another one.
 *
 * @param out results
 * @param err progress and complaints
 * @param patience how long to wait for a worker before saying that there is none
 * @param terminal whether progress goes to a person's terminal
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
    /** Opens the connection to Temporal when it is first needed: its classes take half a second to load. */
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
