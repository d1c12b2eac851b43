package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A steady load of 100 requests a second through all published proxies, inside the lab's network. */
public final class SteadyTraffic implements AutoCloseable {
    private static final String RATE = "100";
    private static final String CLIENTS = "10";
    private static final String TTL = "30";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Process process;
    private final Path tally;

    private SteadyTraffic(Process process, Path tally) {
        this.process = process;
        this.tally = tally;
    }

    /** Starts it and waits until its first requests were answered. */
    public static SteadyTraffic start(LabEnvironment world) {
        return start(world, LIMIT);
    }

    /** The same for a test that takes longer; the load ends by itself after that limit. */
    public static SteadyTraffic start(LabEnvironment world, Duration limit) {
        try {
            Path tally = Files.createTempDirectory("sluice-load").resolve("tally");
            List<String> command = new ArrayList<>(List.of("nsenter", "-t", world.setting("SLUICE_LAB_PID")));
            if (!"root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("-U", "--preserve-credentials"));
            }
            Path lab = SluiceProcess.HOME.resolve("lab/target");
            command.addAll(List.of("-n", "java", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
            command.add(lab.resolve("classes") + ":" + lab.resolve("lib") + "/*");
            command.addAll(List.of("dev.sluice.lab.load.LoadGenerator", "www.hello.example", "443", "/"));
            command.addAll(List.of(world.setting("SLUICE_DNS"), world.setting("SLUICE_SITE_CA"), RATE, CLIENTS, TTL));
            command.addAll(List.of(Long.toString(limit.toSeconds()), tally.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(tally.resolveSibling("log").toFile())
                    .start();
            SteadyTraffic traffic = new SteadyTraffic(process, tally);
            LabEnvironment.awaitTrue(
                    "the first answers", Duration.ofSeconds(20), () -> traffic.figure("requests") > 100);
            return traffic;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public long figure(String name) {
        return read().path(name).asLong();
    }

    /** Requests that this member has answered so far. */
    public long requestsAnsweredBy(String member) {
        return read().path("members").path(member).asLong();
    }

    /** Requests to this public address that failed so far. */
    public long failedAt(String address) {
        return read().path("failedAt").path(address).asLong();
    }

    @Override
    public String toString() {
        return read().toString();
    }

    private JsonNode read() {
        try {
            return new ObjectMapper().readTree(Files.exists(tally) ? Files.readString(tally) : "{}");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Fails if a request failed since the start. */
    public void assertNothingLost() {
        JsonNode now = read();
        assertThat(now.path("failed").asLong()).as(now.toString()).isZero();
        assertThat(now.path("requests").asLong()).isPositive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
