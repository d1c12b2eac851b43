package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.cloud.client.CloudSettings;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.server.LabServer;
import dev.sluice.workflows.activity.CloudActivities.BaseDropletOrder;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten nodes at once in real time: they share the list that they wait for. */
class ConcurrentCreationTest {
    private static final int NODES = 10;

    private final ExecutorService threads = Executors.newFixedThreadPool(NODES);
    private LabCloud lab;
    private LabServer server;
    private DigitalOceanApi cloud;
    private DigitalOceanCloudActivities steps;

    @BeforeEach
    void open() throws IOException {
        // Each droplet takes 3 s, so that waiting is what the requests go to.
        lab = new LabCloud(
                new MemoryMachines(),
                Clock.systemUTC(),
                LabSettings.of("secret").withActionMillis(3_000));
        server = new LabServer(lab, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        cloud = DigitalOceanApi.open(new CloudSettings(URI.create(server.url()), () -> "secret"), Clock.systemUTC());
        steps = new DigitalOceanCloudActivities(cloud, node -> "#!/bin/sh", new RealTimeHeartbeat(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        cloud.close();
        server.close();
        lab.close();
    }

    @Test
    void tenParallelNodesNeedAtMostTwelveRequestsEach() throws Exception {
        List<Future<Node>> nodes = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            NodeRef node = LabFixture.node("hello-app-" + number, "run-" + number);
            nodes.add(threads.submit(() -> made(node)));
        }

        for (Future<Node> node : nodes) {
            assertThat(node.get(60, TimeUnit.SECONDS).privateAddress().value()).startsWith("10.");
        }

        // What a change asks once, before and after its nodes, is counted apart.
        assertThat(cloud.requests()).isLessThanOrEqualTo(NODES * 11L);
        assertThat(cloud.findByTag("state:in-service")).hasSize(NODES);
        assertThat(cloud.findByTag("state:ready")).isEmpty();
    }

    private Node made(NodeRef node) {
        DropletId droplet = steps.createBase(
                new BaseDropletOrder(node, "fra1", "s-1vcpu-1gb", "debian-12-x64", Optional.empty(), List.of()));
        Node made = steps.awaitDroplet(LabFixture.order(node, 1), droplet);
        steps.listNodes(node.cluster(), true);
        steps.markNode(node, NodeState.READY, null);
        // As Join and Open ask: a list to begin with, and another one after what they wrote.
        steps.fleet().nodes(node.cluster(), ClusterNodes.LATELY);
        steps.fleet().nodes(node.cluster(), ClusterNodes.NOW);
        steps.fleet().nodes(node.cluster(), ClusterNodes.LATELY);
        steps.markNode(node, NodeState.IN_SERVICE, null);
        steps.fleet().nodes(node.cluster(), ClusterNodes.NOW);
        return made;
    }

    /** Waits in real time; nothing ends its pauses. */
    private static final class RealTimeHeartbeat implements ActivityHeartbeat.Starter {
        @Override
        public ActivityHeartbeat start() {
            return new ActivityHeartbeat() {
                @Override
                public void pause(Duration time) {
                    try {
                        assertThat(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS))
                                .isFalse();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(interrupted);
                    }
                }

                @Override
                public void remember(Instant instant) {
                    throw new UnsupportedOperationException("Nothing is to be remembered here");
                }

                @Override
                public Optional<Instant> remembered() {
                    return Optional.empty();
                }

                @Override
                public boolean isRetry() {
                    return false;
                }

                @Override
                public void close() {}
            };
        }
    }
}
