package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.EjectNode.EjectReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EjectNodeTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private EjectReport eject(FakeWorld world, String name, boolean readmit) {
        return temporal.in(world)
                .stub(EjectNode.class, "eject")
                .run(new EjectPlan(TestPlans.FILE, new NodeName(name), readmit, "ana", "slow"));
    }

    @Test
    void ejectsAndReadmitsAMemberOnEveryProxyInTheStepsOfItsPage() {
        FakeWorld world = FakeWorld.cluster();

        assertThat(eject(world, "hello-app-9xd1", false))
                .isEqualTo(new EjectReport("on hello-proxy-a, hello-proxy-b", List.of()));
        assertThat(world.picture())
                .contains("hello-proxy-a has hello-app-9xd1 EJECTED", "hello-proxy-b has hello-app-9xd1 EJECTED");
        assertThat(eject(world, "hello-app-9xd1", true))
                .isEqualTo(new EjectReport("on hello-proxy-a, hello-proxy-b", List.of()));
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
        assertThat(world.calls.names().stream().distinct())
                .containsExactlyElementsOf(
                        DocumentPage.of("runbooks/eject-node.md").activities());
        temporal.replay("eject");
    }

    @Test
    void ejectsOnTheProxiesThatAnswerAndNamesTheOthers() {
        FakeWorld world = FakeWorld.cluster().turnsOff("hello-proxy-b");

        assertThat(eject(world, "hello-app-9xd1", false))
                .isEqualTo(new EjectReport("on hello-proxy-a", List.of("hello-proxy-b cannot be reached")));
        assertThat(world.picture())
                .contains("hello-proxy-a has hello-app-9xd1 EJECTED", "hello-proxy-b has hello-app-9xd1 JOINED");
    }

    @Test
    void refusesToEjectTheLastMemberOrAnotherNode() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        List<String> before = world.picture();

        assertThat(refusal(world, "hello-app-9xd1"))
                .isEqualTo("Refused: 0 healthy members would remain, at least 1 must.");
        assertThat(refusal(world, "hello-proxy-a")).isEqualTo("hello has no app server hello-proxy-a.");
        assertThat(refusal(world, "hello-app-nope")).isEqualTo("hello has no app server hello-app-nope.");
        assertThat(world.picture()).isEqualTo(before);
    }

    private String refusal(FakeWorld world, String name) {
        return TypedFailures.sentenceOf(catchThrowable(() -> eject(world, name, false)));
    }
}
