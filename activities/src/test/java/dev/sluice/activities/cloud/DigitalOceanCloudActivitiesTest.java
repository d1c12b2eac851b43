package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.workflows.activity.CloudActivities.BaseDropletOrder;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A droplet from its create to its end, against the lab over HTTP. */
class DigitalOceanCloudActivitiesTest extends CloudActivitiesFixture {
    @Test
    void anUnknownBaseImageIsNamedByTheRefusal() {
        BaseDropletOrder order = LabFixture.base(APP);
        BaseDropletOrder typo = new BaseDropletOrder(
                order.node(), order.region(), order.size(), "debian-13-x46", order.vpc(), order.sshKeys());
        assertThatThrownBy(() -> steps.createBase(typo))
                .hasMessageContaining(
                        "; asked for: image 'debian-13-x46', size '%s', region '%s'", order.size(), order.region());
    }

    @Test
    void deploymentNeedsAtMostTwelveRequests() {
        Template template =
                steps.approveTemplate(LabFixture.HELLO, lab.bake("hello-app").image(), YES);
        NodeRef first = LabFixture.node("hello-app-0", "run-0");
        deployed(first);
        // The very first node of an account also makes the tags of its states.
        steps.markNode(first, NodeState.READY, null);
        steps.markNode(first, NodeState.IN_SERVICE, null);
        long before = lab.cloud.requests();

        DropletId droplet = steps.createDroplet(LabFixture.order(APP, template.image()));
        Node node = steps.awaitDroplet(LabFixture.order(APP, template.image()), droplet);
        steps.markNode(APP, NodeState.READY, null);
        steps.markNode(APP, NodeState.IN_SERVICE, null);

        assertThat(lab.cloud.requests() - before).isLessThanOrEqualTo(12);
        assertThat(node.droplet()).isEqualTo(droplet);
        assertThat(tagsOf(APP))
                .containsExactlyInAnyOrder(
                        "sluice",
                        "cluster:hello",
                        "role:app",
                        "run:run-1",
                        "state:in-service",
                        "template:" + template.image());
    }

    @Test
    void retryFindsTheDropletOfALostAnswer() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.CREATE_ANSWER_LOST));

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        DropletId found = base(APP);

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(found.value());
    }

    @Test
    void rejectsADropletWithAnotherSizeOrImage() {
        base(APP);

        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> steps.createBase(new BaseDropletOrder(
                        APP, "fra1", "s-2vcpu-2gb", "ubuntu-24-04-x64", Optional.empty(), List.of())));

        assertThat(failure.getType()).isEqualTo(FailureType.CLOUD_REFUSED.name());
        assertThat(failure.getOriginalMessage())
                .contains("has size s-1vcpu-1gb, expected s-2vcpu-2gb")
                .contains("expected ubuntu-24-04-x64");
        assertThat(lab.idsOf("hello-app-1")).hasSize(1);
    }

    @Test
    void createThatFailsAfterItsEffectLeavesOneDroplet() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.ERROR_AFTER).withOperation("POST /v2/droplets"));

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        DropletId found = base(APP);

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(found.value());
    }

    @Test
    void retryCreatesAfterAFailureBeforeTheEffect() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.ERROR_BEFORE).withOperation("POST /v2/droplets"));

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        assertThat(lab.idsOf("hello-app-1")).isEmpty();
        DropletId made = base(APP);

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(made.value());
    }

    @Test
    void lateCreateBesideASecondOneLeavesTheOldest() {
        long fault =
                lab.lab.declareFault(LabFault.of(ApiFault.CREATE_ANSWER_LATE).withSeconds(3));
        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        base(APP);
        lab.clock.advance(Duration.ofSeconds(10));
        assertThat(lab.idsOf("hello-app-1")).hasSize(2);
        long oldest = lab.idsOf("hello-app-1").get(0);

        DropletId kept = whenFree(APP);

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(kept.value());
        assertThat(kept.value()).isEqualTo(oldest);
    }

    /** As Temporal does: a droplet that is still being made cannot be destroyed yet. */
    private DropletId whenFree(NodeRef node) {
        for (int tries = 0; tries < 100; tries++) {
            try {
                return base(node);
            } catch (ApplicationFailure busy) {
                assertThat(busy.getType()).isEqualTo(FailureType.CLOUD_BUSY.name());
                lab.clock.advance(Duration.ofSeconds(1));
            }
        }
        throw new AssertionError("The double is still being made");
    }

    @Test
    void destroysTheDropletOfALateCreate() {
        long fault =
                lab.lab.declareFault(LabFault.of(ApiFault.CREATE_ANSWER_LATE).withSeconds(1));
        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);

        List<DropletId> destroyed = steps.destroyDroplet(APP);

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(destroyed).hasSize(1);
        assertThat(lab.machines.machines()).isEmpty();
    }

    @Test
    void createIsIdempotent() {
        DropletId first = base(APP);

        assertThat(base(APP)).isEqualTo(first);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(first.value());
    }

    @Test
    void rejectsADropletOfAnotherRun() {
        base(APP);

        assertThat(typeOf(() -> base(LabFixture.node("hello-app-1", "run-2")))).isEqualTo(FailureType.CLOUD_REFUSED);
        steps.destroyDroplet(LabFixture.node("hello-app-1", "run-2"));

        assertThat(lab.idsOf("hello-app-1")).hasSize(1);
    }

    @Test
    void neverTouchesADropletWithoutItsTags() {
        long foreign = lab.foreign("hello-app-1", "\"theirs\"");

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_REFUSED);
        assertThat(typeOf(() -> steps.markNode(APP, NodeState.READY, null))).isEqualTo(FailureType.CLOUD_REFUSED);
        steps.quarantineNode(APP);

        assertThat(steps.destroyDroplet(APP)).isEmpty();
        assertThat(lab.cloud.droplet(foreign).orElseThrow().status()).isEqualTo("active");
        assertThat(lab.cloud.droplet(foreign).orElseThrow().tags()).containsExactly("theirs");
    }

    @Test
    void retriesWhileADropletHasNoTags() throws IOException {
        try (LabFixture slow = new LabFixture(LabSettings.of("secret").withTagMillis(4_000))) {
            long fault = slow.lab.declareFault(LabFault.of(ApiFault.CREATE_ANSWER_LOST));
            assertThat(typeOf(() -> slow.steps.createBase(LabFixture.base(APP))))
                    .isEqualTo(FailureType.CLOUD_UNCLEAR);
            assertThat(typeOf(() -> slow.steps.createBase(LabFixture.base(APP))))
                    .isEqualTo(FailureType.CLOUD_UNCLEAR);
            slow.clock.advance(Duration.ofSeconds(5));

            DropletId found = slow.steps.createBase(LabFixture.base(APP));

            assertThat(slow.lab.timesFired(fault)).isEqualTo(1);
            assertThat(slow.idsOf("hello-app-1")).containsExactly(found.value());
        }
    }

    @Test
    void destroysANewDropletBeforeItHasTags() throws IOException {
        try (LabFixture slow = new LabFixture(LabSettings.of("secret").withTagMillis(4_000))) {
            slow.steps.createBase(LabFixture.base(APP));

            assertThat(slow.steps.destroyDroplet(APP)).hasSize(1);
            assertThat(slow.machines.machines()).isEmpty();
        }
    }

    @Test
    void rateLimitedRequestWaitsAsDigitalOceanAsks() {
        long fault = lab.lab.declareFault(LabFault.of(ApiFault.TOO_MANY_REQUESTS)
                .withOperation("POST /v2/droplets")
                .withSeconds(17));

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> base(APP));

        assertThat(lab.lab.timesFired(fault)).isEqualTo(1);
        assertThat(failure.getType()).isEqualTo(FailureType.CLOUD_BUSY.name());
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void dropletLimitIsAQuota() throws IOException {
        try (LabFixture small = new LabFixture(LabSettings.of("secret").withDropletLimit(0))) {
            assertThat(typeOf(() -> small.steps.createBase(LabFixture.base(APP))))
                    .isEqualTo(FailureType.QUOTA_REACHED);
        }
    }

    @Test
    void failsIfAnAcceptedCreationFails() {
        lab.machines.failCreates("hello-app-1");
        DropletId droplet = base(APP);

        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class, () -> steps.awaitDroplet(LabFixture.order(APP, 1), droplet));

        assertThat(failure.getType()).isEqualTo(FailureType.CLOUD_REFUSED.name());
        assertThat(failure.getOriginalMessage()).contains("hello-app-1").contains(droplet.toString());
    }

    @Test
    void cancelledStepStopsAtItsNextPause() {
        DropletId droplet = base(APP);
        lab.heart.stopWith(new ActivityCanceledException());

        assertThat(catchThrowableOfType(
                        ActivityCanceledException.class, () -> steps.awaitDroplet(LabFixture.order(APP, 1), droplet)))
                .isNotNull();
        assertThat(lab.idsOf("hello-app-1")).hasSize(1);
    }

    @Test
    void destroyWaitsForTheDeletionAndRemovesTheRunTag() {
        Node node = deployed(APP);

        assertThat(steps.destroyDroplet(APP)).containsExactly(node.droplet());

        assertThat(lab.idsOf("hello-app-1")).isEmpty();
        assertThat(lab.cloud.tagCount("run:run-1")).isEmpty();
        assertThat(steps.destroyDroplet(APP)).isEmpty();
    }

    @Test
    void destroyWaitsForAnActionInProgress() {
        Node node = deployed(APP);
        lab.cloud.startAction(node.droplet().value(), "power_off", Optional.empty());

        assertThat(steps.destroyDroplet(APP)).containsExactly(node.droplet());
        assertThat(lab.machines.machines()).isEmpty();
    }

    @Test
    void quarantinedNodeIsOffAndTagged() {
        deployed(APP);

        steps.quarantineNode(APP);
        steps.quarantineNode(APP);

        NodeStatus status = steps.listNodes(LabFixture.HELLO, false).get(0);
        assertThat(status.powered()).isFalse();
        assertThat(status.state()).contains(NodeState.QUARANTINE);
        assertThat(tagsOf(APP)).doesNotContain("state:deploying");
    }
}
