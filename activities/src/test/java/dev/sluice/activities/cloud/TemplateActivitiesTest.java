package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudImage;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.CloudActivities.PlanQuestion;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Templates, and the plan that asks for one, against the lab over HTTP. */
class TemplateActivitiesTest extends CloudActivitiesFixture {
    @Test
    void templateKeepsItsManifestAndFirstApproval() {
        Template baked = lab.bake("hello-app");
        steps.approveTemplate(LabFixture.HELLO, baked.image(), YES);
        steps.approveTemplate(LabFixture.HELLO, baked.image(), new Approval("other", YES.at(), "later"));

        Template template = steps.listTemplates(LabFixture.HELLO).get(0);

        assertThat(template.image()).isEqualTo(baked.image());
        assertThat(template.manifest()).isEqualTo(LabFixture.MANIFEST);
        assertThat(template.approval()).contains(YES);
        assertThat(template.regions()).contains("fra1");
    }

    @Test
    void snapshotIsIdempotent() {
        Node node = deployed(APP);
        SnapshotOrder order = new SnapshotOrder(APP, node.droplet(), "hello-app", LabFixture.MANIFEST);

        Template first = steps.snapshotNode(order);

        assertThat(steps.snapshotNode(order).image()).isEqualTo(first.image());
        assertThat(lab.machines.journal())
                .filteredOn(line -> line.startsWith("snapshot"))
                .hasSize(1);
    }

    @Test
    void neverTouchesAForeignSnapshotOfTheSameName() {
        long foreign = lab.foreign("other", "\"theirs\"");
        lab.post("/v2/droplets/" + foreign + "/actions", "{\"type\":\"snapshot\",\"name\":\"hello-app\"}");
        lab.clock.advance(Duration.ofSeconds(60));

        Template ours = lab.bake("hello-app");

        assertThat(lab.cloud.imagesTagged("sluice")).extracting(CloudImage::id).containsExactly(ours.image());
    }

    @Test
    void partlyTaggedImageIsNoTemplate() {
        long image = lab.bake("hello-app").image();
        lab.cloud.untag("manifest:" + LabFixture.MANIFEST, CloudApi.ResourceKind.IMAGE, List.of(image));

        assertThat(steps.listTagged())
                .filteredOn(thing -> thing.kind() == TaggedResource.TaggedKind.UNFINISHED_TEMPLATE)
                .extracting(TaggedResource::id)
                .containsExactly(Long.toString(image));
    }

    @Test
    void checksAPlanAgainstTemplateAndAccount() {
        Template template =
                steps.approveTemplate(LabFixture.HELLO, lab.bake("hello-app").image(), YES);

        PlanFacts facts = steps.checkPlan(question("fra1", "s-1vcpu-1gb", "sluice", 2));

        assertThat(facts.template()).isEqualTo(template);
        assertThat(facts.dropletLimit()).isEqualTo(25);
        assertThat(facts.usdPerHour()).isPositive();
    }

    @Test
    void namesAllUnknownValuesOfAPlan() {
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class, () -> steps.checkPlan(question("fra11", "s-1vcpu-1gbb", "sluize", 1)));

        assertThat(failure.getType()).isEqualTo(FailureType.PLAN_INVALID.name());
        assertThat(failure.getOriginalMessage())
                .contains("did you mean 'fra1'?", "did you mean 's-1vcpu-1gb'?", "did you mean 'sluice'?");
    }

    @Test
    void rejectsATemplateWithoutApproval() {
        Template template = lab.bake("hello-app");

        assertThat(typeOf(() -> steps.checkPlan(question("fra1", "s-1vcpu-1gb", "sluice", 1))))
                .isEqualTo(FailureType.TEMPLATE_REFUSED);
        assertThat(typeOf(() -> steps.approveTemplate(LabFixture.HELLO, template.image() + 1, YES)))
                .isEqualTo(FailureType.TEMPLATE_REFUSED);
    }

    @Test
    void planAboveTheDropletLimitIsAQuota() {
        steps.approveTemplate(LabFixture.HELLO, lab.bake("hello-app").image(), YES);

        assertThat(typeOf(() -> steps.checkPlan(question("fra1", "s-1vcpu-1gb", "sluice", 26))))
                .isEqualTo(FailureType.QUOTA_REACHED);
    }

    private static PlanQuestion question(String region, String size, String key, int count) {
        return new PlanQuestion(
                LabFixture.HELLO, Role.APP, region, size, Optional.empty(), List.of(key), count, Optional.empty());
    }
}
