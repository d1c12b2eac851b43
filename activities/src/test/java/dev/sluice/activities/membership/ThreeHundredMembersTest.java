package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.leave;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.workflows.activity.ProxyActivities.ReloadOrder;
import dev.sluice.workflows.activity.ProxyActivities.SlotOrder;
import dev.sluice.workflows.activity.ProxyActivities.SlotReport;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member costs a proxy must not grow with the others: each script has 10 s, for three members or for 300. */
class ThreeHundredMembersTest extends TwoProxyFixture {
    private static final int OTHERS = 300;

    @BeforeEach
    void aProxyWithThreeHundred() throws IOException {
        inService(red);
        String file = Files.readString(first.member("red.conf"));
        for (int number = 0; number < OTHERS; number++) {
            String name = "other-%03d".formatted(number);
            Files.writeString(
                    first.member(name + ".conf"),
                    file.replace("red", name)
                            .replaceAll(
                                    "//127\\.0\\.0\\.\\d+",
                                    "//127.0.%d.%d".formatted(1 + number / 200, 1 + number % 200)));
        }
        first.graceful();
        assertThat(proxies().makeRoom(new SlotOrder(HELLO, List.of())))
                .isEqualTo(new SlotReport(true, "one graceful on proxy-a, proven"));
    }

    @Test
    void memberJoinsAndLeavesInTimeBesideThreeHundred() throws IOException {
        membership.join(order(blue));
        membership.open(order(blue), true);
        assertThat(first.running("blue")).isEqualTo("Init Ok");
        assertThat(reload()).startsWith("live on proxy-a, proxy-b");
        assertThat(truth(first).members()).hasSize(OTHERS + 2);
        membership.leave(leave(blue, 1));
        assertThat(first.running("blue")).contains("Dis");
    }

    private String reload() {
        return proxies()
                .reload(new ReloadOrder(HELLO, List.of(), List.of(), true))
                .says();
    }

    private ApacheProxyActivities proxies() {
        return new ApacheProxyActivities(cluster, cluster, new ClientProbe(Duration.ofSeconds(2)), first.admin);
    }
}
