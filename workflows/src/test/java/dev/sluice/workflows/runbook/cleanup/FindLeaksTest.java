package dev.sluice.workflows.runbook.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.node.NodeState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindLeaksTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    @Test
    void keepsANodeThatMayServeWithoutAShownAddress() {
        FakeWorld world =
                FakeWorld.cluster().tagged("hello-app-9xd1", NodeState.LEAVING).hidesAddress("hello-app-9xd1");
        List<String> before = world.picture();

        List<Leak> leaks = temporal.in(world)
                .stub(FindLeaks.class, "leaks")
                .run(new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"))
                .leaks();

        assertThat(leaks)
                .anySatisfy(
                        leak -> assertThat(leak.says()).contains("not removed").contains("shows no address of it"));
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void removesOrphanedResourcesOnly() {
        FakeWorld world = FakeWorld.cluster()
                .withApp("hello-app-dead", NodeState.DEPLOYING)
                .withApp("hello-app-busy", NodeState.DEPLOYING)
                .withApp("hello-app-what", NodeState.DEPLOYING)
                .withApp("hello-app-wait", NodeState.READY)
                .ownerIsOpen("hello-app-busy")
                .ownerIsUnknown("hello-app-what")
                .withTag("run:gone")
                .firewallNamesGoneDroplet("web", 99, TestPlans.HELLO);

        List<Leak> leaks = temporal.in(world)
                .stub(FindLeaks.class, "leaks")
                .run(new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"))
                .leaks();

        assertThat(leaks.stream().filter(Leak::removed).map(Leak::what))
                .containsExactly("droplet 5 (hello-app-dead)", "tag run:gone");
        assertThat(leaks)
                .filteredOn(leak -> leak.what().equals("firewall web"))
                .singleElement()
                .satisfies(leak -> assertThat(leak.why()).contains("droplet 99"));
        assertThat(world.picture())
                .contains("app hello-app-busy deploying", "app hello-app-what deploying", "app hello-app-wait ready")
                .noneMatch(line -> line.contains("hello-app-dead"));
    }
}
