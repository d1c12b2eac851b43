package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a deployment costs. Prints times and asserts only counts, since times depend on the machine. */
@ExtendWith(ServingClusterExtension.class)
@Order(20)
class DeployBenchmarkIT {
    private static final double REQUESTS_PER_NODE = 12;
    private static final Set<String> WAITING_FOR_OTHERS =
            Set.of("CLONE", "FIRST_BOOT", "SANITY_GATE", "PROBATION", "UPDATE_DNS");

    @Order(10)
    @Tag("long")
    @Test
    void deploysFourNodesInParallel(DemoCluster cluster) throws IOException {
        assertThat(requestsPerNode(cluster, 4)).isPositive();
    }

    @Order(30)
    @Tag("long")
    @Test
    void deploysTenNodesInParallelWithinTheirRequests(DemoCluster cluster) throws IOException {
        assertThat(requestsPerNode(cluster, 10)).as("API requests a node").isLessThanOrEqualTo(REQUESTS_PER_NODE);
    }

    @Order(20)
    @Tag("long")
    @Test
    void deploysTwentyNodesOneAfterAnother(DemoCluster cluster) throws IOException {
        LabEnvironment world = cluster.world();
        world.awaitMinuteWithAtMost(0);
        List<Duration> served = new ArrayList<>();
        List<Duration> own = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            for (int number = 0; number < 20; number++) {
                Map<String, Set<String>> before = world.accountContents();
                long begun = System.nanoTime();
                SluiceProcess.RunningProcess running = SluiceProcess.startSluice(
                        "--output", "json", "deploy", "--role", "app", "--reason", "benchmark");
                String node = cluster.awaitNewDroplet(before);
                LabEnvironment.awaitTrue(
                        node + " serves", Duration.ofMinutes(1), () -> traffic.requestsAnsweredBy(node) > 0);
                served.add(Duration.ofNanos(System.nanoTime() - begun));
                JsonNode report = new ObjectMapper()
                        .readTree(world.requireSuccess(running.awaitEnd()).out());
                own.add(ownTime(report));
                steps.add("%5.1f s to the first request:%s".formatted(seconds(served.get(number)), steps(report)));
                world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
            }
            traffic.assertNothingLost();
        }
        print("CLI to first request served", served);
        print("own time", own);
        steps.forEach(System.out::println);
        printWorkers(world);
        assertThat(served).hasSize(20);
    }

    private static double requestsPerNode(DemoCluster cluster, int count) throws IOException {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        quiet(world);
        long requests = world.getLab("journal").path("total").asLong();

        SluiceProcess.ProcessOutcome deploy = world.requireSuccess(SluiceProcess.runSluice(
                "deploy", "--role", "app", "--count", Integer.toString(count), "--reason", "benchmark"));

        long used = world.getLab("journal").path("total").asLong() - requests;
        Set<String> fresh = new TreeSet<>(world.droplets());
        fresh.removeAll(before.getOrDefault("droplets", Set.of()));
        assertThat(fresh).hasSize(count).isSubsetOf(cluster.inService("app"));
        System.out.printf(
                "--count %d: %.1f s, %d API requests, %.1f a node%n",
                count, seconds(deploy.took()), used, (double) used / count);
        printRequests(world, used);
        printWorkers(world);
        cluster.retire(fresh);
        assertThat(world.accountContents()).isEqualTo(before);
        return (double) used / count;
    }

    /** The last requests by operation, the most frequent first. */
    private static void printRequests(LabEnvironment world, long last) {
        List<String> operations = new ArrayList<>();
        for (JsonNode line : world.getLab("journal").path("requests")) {
            String path = line.path("path").asText().replaceFirst("[?].*", "").replaceAll("/[0-9]+", "/{id}");
            operations.add(line.path("method").asText() + " " + path.replaceFirst("/tags/[^/]+", "/tags/{tag}"));
        }
        operations.subList(operations.size() - (int) last, operations.size()).stream()
                .collect(Collectors.groupingBy(operation -> operation, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(count -> System.out.printf("%6d  %s%n", count.getValue(), count.getKey()));
    }

    /** Waits until no other client sends requests to the API. */
    private static void quiet(LabEnvironment world) {
        LabEnvironment.awaitTrue("a quiet API", Duration.ofSeconds(30), () -> {
            long total = world.getLab("journal").path("total").asLong();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            return world.getLab("journal").path("total").asLong() == total;
        });
    }

    /** From the start of the change to its end, but for the steps that wait for the cloud, the node or the watch. */
    private static Duration ownTime(JsonNode report) {
        Duration own = between(report);
        for (JsonNode node : report.path("nodes")) {
            for (JsonNode step : node.path("steps")) {
                if (WAITING_FOR_OTHERS.contains(step.path("step").asText()) && step.hasNonNull("ended")) {
                    own = own.minus(between(step));
                }
            }
        }
        return own;
    }

    /** How long each step took, those side by side each for itself. */
    private static String steps(JsonNode report) {
        StringBuilder steps = new StringBuilder();
        for (JsonNode node : report.path("nodes")) {
            for (JsonNode step : node.path("steps")) {
                if (step.hasNonNull("ended")) {
                    steps.append(" %s %.1f".formatted(step.path("step").asText(), seconds(between(step))));
                }
            }
        }
        return steps + " of %.1f".formatted(seconds(between(report)));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Duration between(JsonNode times) {
        return Duration.between(
                Instant.parse(times.path("started").asText()),
                Instant.parse(times.path("ended").asText()));
    }

    private static void print(String what, List<Duration> times) {
        List<Duration> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        System.out.printf(
                "%-30s p50 %5.1f s   p95 %5.1f s   of %d%n",
                what,
                seconds(sorted.get(sorted.size() / 2)),
                seconds(sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1)),
                sorted.size());
    }

    private static void printWorkers(LabEnvironment world) throws IOException {
        for (long pid : world.workerPids()) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    System.out.printf("worker %d: %s%n", pid, line.replaceAll("\\s+", " "));
                }
            }
        }
    }
}
