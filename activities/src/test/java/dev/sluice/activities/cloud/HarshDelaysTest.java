package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.account.VisibilityDelays;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of machines where everything shows late: SLUICE_LAB_DELAYS=harsh. */
class HarshDelaysTest {
    private static final NodeRef APP = LabFixture.node("hello-app-1", "run-1");

    private LabFixture lab;
    private DigitalOceanCloudActivities steps;

    @BeforeEach
    void open() throws IOException {
        lab = new LabFixture(LabSettings.of("secret").withDelays(VisibilityDelays.HARSH));
        steps = lab.steps;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void wholeLifeOfANodeLeavesOnlyItsTemplate() {
        Template template = steps.approveTemplate(
                LabFixture.HELLO,
                lab.bake("hello-app").image(),
                new Approval("ana", Instant.parse("2026-11-22T09:00:00Z"), "fine"));
        Node node = steps.awaitDroplet(
                LabFixture.order(APP, template.image()), steps.createDroplet(LabFixture.order(APP, template.image())));
        assertThat(lab.machines.machines())
                .singleElement()
                .satisfies(machine -> assertThat(machine.privateAddress())
                        .isEqualTo(node.privateAddress().value()));
        steps.markNode(APP, NodeState.READY, null);
        steps.markNode(APP, NodeState.IN_SERVICE, null);
        assertThat(lab.cloud.findByName("hello-app-1").get(0).tags())
                .contains("state:in-service")
                .doesNotContain("state:ready", "state:deploying");
        steps.markNode(APP, NodeState.LEAVING, null);

        assertThat(steps.destroyDroplet(APP, null)).containsExactly(node.droplet());
        assertThat(lab.machines.machines()).isEmpty();
        assertThat(lab.cloud.tagCount("run:run-1")).isEmpty();
    }

    @Test
    void destroysADropletThatNoListHasYet() {
        DropletId made = steps.createBase(LabFixture.base(APP));

        assertThat(steps.destroyDroplet(APP, null)).containsExactly(made);
        assertThat(lab.machines.machines()).isEmpty();
    }

    @Test
    void lostAnswerAndDelayedListLeaveOneDroplet() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.CREATE_ANSWER_LOST));
        ApplicationFailure unclear =
                catchThrowableOfType(ApplicationFailure.class, () -> steps.createBase(LabFixture.base(APP)));
        assertThat(unclear.getType()).isEqualTo(FailureType.CLOUD_UNCLEAR.name());
        lab.clock.advance(Duration.ofSeconds(1));

        DropletId second = steps.createBase(LabFixture.base(APP));
        assertThat(lab.machines.journal())
                .as("nobody could see the first one")
                .filteredOn(line -> line.equals("create hello-app-1"))
                .hasSize(2);
        Node node = steps.awaitDroplet(LabFixture.order(APP, 1), second);

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(node.droplet()).isEqualTo(second);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(second.value());
        assertThat(lab.machines.machines()).hasSize(1);
    }
}
