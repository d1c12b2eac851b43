package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.lab.api.ApiFault;
import dev.sluice.lab.api.Delays;
import dev.sluice.lab.api.Fault;
import dev.sluice.lab.api.LabSettings;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Template;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of machines where everything shows late: SLUICE_LAB_DELAYS=harsh. */
class HarshCloudTest {
    private static final NodeRef APP = LabCase.node("hello-app-1", "run-1");

    private LabCase lab;
    private CloudSteps steps;

    @BeforeEach
    void open() throws IOException {
        lab = new LabCase(LabSettings.of("secret").withDelays(Delays.HARSH));
        steps = lab.steps;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aNodesWholeLifeFromTheBakeToTheEndLeavesItsTemplateOnly() {
        Template template = steps.approveTemplate(
                LabCase.HELLO,
                lab.bake("hello-app").image(),
                new Approval("ana", Instant.parse("2026-11-22T09:00:00Z"), "fine"));
        Node node = steps.awaitDroplet(
                LabCase.order(APP, template.image()), steps.createDroplet(LabCase.order(APP, template.image())));
        assertThat(lab.machines.machines())
                .singleElement()
                .satisfies(machine -> assertThat(machine.privateAddress())
                        .isEqualTo(node.privateAddress().value()));
        steps.markNode(APP, NodeState.READY, null);
        steps.markNode(APP, NodeState.IN_SERVICE, null);
        assertThat(lab.cloud.named("hello-app-1").get(0).tags())
                .contains("state:in-service")
                .doesNotContain("state:ready", "state:deploying");

        assertThat(steps.destroyDroplet(APP)).containsExactly(node.droplet());
        assertThat(lab.machines.machines()).isEmpty();
        assertThat(lab.cloud.tagCount("run:run-1")).isEmpty();
    }

    @Test
    void aDropletThatIsInNoListYetIsDestroyedToo() {
        DropletId made = steps.createBase(LabCase.base(APP));

        assertThat(steps.destroyDroplet(APP)).containsExactly(made);
        assertThat(lab.machines.machines()).isEmpty();
    }

    @Test
    void aCreateWhoseAnswerIsLostAndThatIsInNoListYetLeavesOneDropletInTheEnd() {
        long fault = lab.lab.plan(Fault.of(ApiFault.CREATE_ANSWER_LOST));
        ApplicationFailure unclear =
                catchThrowableOfType(ApplicationFailure.class, () -> steps.createBase(LabCase.base(APP)));
        assertThat(unclear.getType()).isEqualTo(FailureType.CLOUD_UNCLEAR.name());
        lab.clock.advance(Duration.ofSeconds(1));

        DropletId second = steps.createBase(LabCase.base(APP));
        assertThat(lab.machines.journal())
                .as("nobody could see the first one")
                .filteredOn(line -> line.equals("create hello-app-1"))
                .hasSize(2);
        Node node = steps.awaitDroplet(LabCase.order(APP, 1), second);

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
        assertThat(node.droplet()).isEqualTo(second);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(second.value());
        assertThat(lab.machines.machines()).hasSize(1);
    }
}
