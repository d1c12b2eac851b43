package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.FreePort;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.TruthActivities;
import dev.sluice.workflows.activity.TruthActivities.VisitOrder;
import dev.sluice.workflows.activity.WatchActivities.PinnedAnswer;
import dev.sluice.workflows.activity.WatchActivities.ServiceLook;
import dev.sluice.workflows.activity.WatchActivities.ServiceLookOrder;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.truth.TruthReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The service of one real Apache, looked at as a check does. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class ServiceWatchTest {
    private final int port = FreePort.next();
    private LoopbackCluster cluster;
    private TestApache proxy;

    @BeforeEach
    void aProxyThatServesOneMember(@TempDir Path directory) throws IOException {
        cluster = new LoopbackCluster(directory);
        proxy = cluster.proxy("proxy-a", 21, port);
        ApacheMembershipActivities membership = new ApacheMembershipActivities(cluster, cluster);
        Member red = cluster.member("red", 11);
        membership.join(order(red));
        membership.open(order(red), true);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    private ServiceLook look() {
        TruthActivities nobody = new TruthActivities() {
            @Override
            public TruthReport compare(TruthOrder order) {
                return TruthReport.EMPTY;
            }

            @Override
            public List<AddressAnswer> visit(VisitOrder order) {
                return List.of();
            }
        };
        return new ServiceWatch(cluster, cluster, nobody)
                .look(new ServiceLookOrder(
                        HELLO,
                        port,
                        new VisitOrder("hello.example", "www", Optional.empty(), "www.hello.example", port, "/")));
    }

    @Test
    void aFileOfAnotherHandIsNoMemberAndStopsNoCheck() throws IOException {
        Path file = memberFile();
        Files.copy(file, file.resolveSibling("Backup_2026 old.conf"));

        List<PinnedAnswer> pinned = look().pinned();

        assertThat(pinned).extracting(PinnedAnswer::member).containsExactly(new NodeName("red"));
    }

    private Path memberFile() throws IOException {
        try (Stream<Path> files = Files.walk(proxy.directory)) {
            return files.filter(path -> path.getFileName().toString().equals("red.conf"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
