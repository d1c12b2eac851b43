package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.workflows.activity.CloudActivities.NoDropletCreated;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the steps of machines do when DigitalOcean does it twice, or has not any more what was approved. */
class CloudFaultsTest {
    private static final NodeRef APP = LabFixture.node("hello-app-1", "run-1");

    private LabFixture lab;

    @BeforeEach
    void open() throws IOException {
        lab = new LabFixture();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void createThatTakesEffectTwiceLeavesOneDroplet() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.DUPLICATE_CREATE));
        DropletId kept = lab.steps.createBase(LabFixture.base(APP));
        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).hasSize(2);

        lab.steps.awaitDroplet(LabFixture.order(APP, 1), kept);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(kept.value());
        assertThat(lab.machines.machines()).hasSize(1);
        assertThat(lab.machines.journal())
                .filteredOn(line -> line.equals("create hello-app-1"))
                .hasSize(2);
    }

    @Test
    void rejectsATemplateWhoseSnapshotWasDeleted() {
        Template template = lab.steps.approveTemplate(
                LabFixture.HELLO,
                lab.bake("hello-app").image(),
                new Approval("ana", Instant.parse("2026-11-22T09:00:00Z"), "fine"));
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.SNAPSHOT_GONE));

        ApplicationFailure refused = catchThrowableOfType(
                ApplicationFailure.class, () -> lab.steps.createDroplet(LabFixture.order(APP, template.image())));

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(refused.getType()).isEqualTo(FailureType.CLOUD_REFUSED.name());
        assertThat(FailureType.CLOUD_REFUSED.isRetryable()).isFalse();
        assertThat(refused.getOriginalMessage()).contains("image");
        assertThat(refused.getDetails().get(NoDropletCreated.class)).isEqualTo(new NoDropletCreated(APP.name()));
        assertThat(lab.machines.machines()).isEmpty();
        assertThat(lab.steps.destroyDroplet(APP, null)).isEmpty();
    }

    @Test
    void refusalAfterAnUnansweredAttemptProvesNothing() {
        lab.lab.declareFault(LabFault.of(ApiFault.SNAPSHOT_GONE));
        lab.heart.nextTry();

        ApplicationFailure refused =
                catchThrowableOfType(ApplicationFailure.class, () -> lab.steps.createBase(LabFixture.base(APP)));

        assertThat(refused.getType()).isEqualTo(FailureType.CLOUD_REFUSED.name());
        assertThat(DefaultDataConverter.newDefaultInstance()
                        .exceptionToFailure(refused)
                        .getApplicationFailureInfo()
                        .getDetails()
                        .getPayloadsList())
                .isEmpty();
    }
}
