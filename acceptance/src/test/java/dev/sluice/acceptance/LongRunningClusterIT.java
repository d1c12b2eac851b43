package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster that changes all day loses no request, frees its slots in Apache and stays within the rate limit. */
@Tag("long")
@ExtendWith(SharedLabExtension.class)
@Order(30)
class LongRunningClusterIT {
    private static final int REPLACEMENTS = 40;
    private static final Duration DAY = Duration.ofMinutes(40);

    /** The third worker starts first: a worker that starts later does not know the requests that were sent earlier. */
    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.world().startWorker();
        cluster.ensureTwoOfEach();
    }

    @Order(10)
    @Test
    void losesNoRequestInFortyReplacements(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        Deque<String> serving = new ArrayDeque<>(cluster.inService("app"));
        try (SteadyTraffic traffic = SteadyTraffic.start(world, DAY)) {
            for (int number = 1; number <= REPLACEMENTS; number++) {
                Map<String, Set<String>> now = world.accountContents();
                world.requireSuccess(
                        SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "replacement " + number));
                serving.addLast(cluster.newDroplet(now));
                world.requireSuccess(SluiceProcess.runSluice("retire", serving.removeFirst(), "--reason", "replaced"));
                traffic.assertNothingLost();
            }
            System.out.printf("%d replacements: %s%n", REPLACEMENTS, traffic);
        }
        assertThat(cluster.inService("app")).containsExactlyInAnyOrderElementsOf(serving);
        assertThat(world.droplets()).hasSameSizeAs(before.get("droplets"));
    }

    @Order(20)
    @Test
    void deploysThirtyNodesWithThreeWorkersWithinOneRateLimit(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        assertThat(world.workerPids()).hasSizeGreaterThanOrEqualTo(3);
        long begun = world.getLab("journal").path("total").asLong();
        try (SteadyTraffic traffic = SteadyTraffic.start(world, DAY)) {
            for (int round = 0; round < 3; round++) {
                Set<String> old = new TreeSet<>(cluster.inService("app"));
                world.requireSuccess(
                        SluiceProcess.runSluice("deploy", "--role", "app", "--count", "10", "--reason", "ten at once"));
                Set<String> fresh = new TreeSet<>(cluster.inService("app"));
                fresh.removeAll(old);
                assertThat(fresh).hasSize(10);
                cluster.retire(fresh);
                traffic.assertNothingLost();
            }
        }
        List<JsonNode> requests = requestsSince(world, begun);
        List<String> refused = requests.stream()
                .filter(request -> request.path("status").asInt() == 429)
                .map(request -> request.path("at").asText())
                .toList();
        System.out.printf(
                "30 deploys and retirements by three workers: %d API requests since %s, %d answered 429 %s%n",
                requests.size(), requests.get(0).path("at").asText(), refused.size(), refused);
        // Not zero: a worker that has just started does not know the requests that others sent (decision 12).
        assertThat(refused).hasSizeLessThan(requests.size() / 100);
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** The lab keeps the last 2,000 requests, which is more than this test sends. */
    private static List<JsonNode> requestsSince(LabEnvironment world, long begun) {
        JsonNode journal = world.getLab("journal");
        List<JsonNode> requests = new ArrayList<>();
        journal.path("requests").forEach(requests::add);
        long since = journal.path("total").asLong() - begun;
        assertThat(since).isLessThanOrEqualTo(requests.size());
        return requests.subList(requests.size() - (int) since, requests.size());
    }
}
