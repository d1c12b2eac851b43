package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.lab.api.ApiFault;
import dev.sluice.lab.api.Fault;
import dev.sluice.lab.api.LabSettings;
import dev.sluice.workflows.activity.CloudActivities.BaseOrder;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.CloudActivities.PlanQuestion;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.CloudActivities.Tagged;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of machines against the lab over HTTP. */
class CloudStepsTest {
    private static final NodeRef APP = LabCase.node("hello-app-1", "run-1");
    private static final Approval YES = new Approval("Zoë", Instant.parse("2026-11-22T09:00:00Z"), "żółć – fine");

    private LabCase lab;
    private CloudSteps steps;

    @BeforeEach
    void open() throws IOException {
        lab = new LabCase();
        steps = lab.steps;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private DropletId base(NodeRef node) {
        return steps.createBase(LabCase.base(node));
    }

    private Node deployed(NodeRef node) {
        return steps.awaitDroplet(LabCase.order(node, 1), base(node));
    }

    private static FailureType typeOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        return FailureType.valueOf(failure.getType());
    }

    private Set<String> tagsOf(NodeRef node) {
        return lab.cloud.named(node.name().value()).get(0).tags();
    }

    @Test
    void whatItsOwnRunHasMarkedMeanwhileNoOtherRunMarks() {
        deployed(APP);
        steps.markNode(APP, NodeState.READY, null);
        steps.markNode(APP, NodeState.IN_SERVICE, NodeState.READY);
        steps.markNode(APP, NodeState.IN_SERVICE, NodeState.READY);
        assertThat(tagsOf(APP)).contains("state:in-service").doesNotContain("state:ready");
        steps.markNode(APP, NodeState.LEAVING, null);

        assertThat(typeOf(() -> steps.markNode(APP, NodeState.IN_SERVICE, NodeState.READY)))
                .isEqualTo(FailureType.CLOUD_REFUSED);
        assertThat(tagsOf(APP)).contains("state:leaving").doesNotContain("state:in-service");
    }

    /** As of a worker that stood still for longer than one try may take. */
    @Test
    void aTryThatComesLateDoesNotTakeANodeBackThatIsFurther() {
        deployed(APP);
        steps.markNode(APP, NodeState.READY, null);
        steps.markNode(APP, NodeState.IN_SERVICE, null);
        assertThat(state()).contains(NodeState.IN_SERVICE);

        assertThat(typeOf(() -> steps.markNode(APP, NodeState.READY, null))).isEqualTo(FailureType.CLOUD_REFUSED);
        assertThat(tagsOf(APP)).contains("state:in-service").doesNotContain("state:ready");

        steps.markNode(APP, NodeState.LEAVING, null);
        assertThat(state()).contains(NodeState.LEAVING);
        assertThat(typeOf(() -> steps.markNode(APP, NodeState.IN_SERVICE, null)))
                .isEqualTo(FailureType.CLOUD_REFUSED);

        steps.markNode(APP, NodeState.IN_SERVICE, NodeState.LEAVING);
        assertThat(state()).as("a way back that is wanted").contains(NodeState.IN_SERVICE);
    }

    @Test
    void aTryThatComesLateWithWhatItReadBeforeCountsForNothing() {
        deployed(APP);
        steps.markNode(APP, NodeState.READY, null);
        steps.markNode(APP, NodeState.IN_SERVICE, null);

        // This worker's list is the one from before the first mark.
        steps.markNode(APP, NodeState.READY, null);

        assertThat(tagsOf(APP)).contains("state:in-service", "state:ready");
        assertThat(state()).contains(NodeState.IN_SERVICE);

        // As a retirement whose mark of leaving failed goes back.
        steps.markNode(APP, NodeState.IN_SERVICE, NodeState.LEAVING);
        assertThat(tagsOf(APP)).contains("state:in-service").doesNotContain("state:ready");
    }

    private Optional<NodeState> state() {
        return steps.listNodes(LabCase.HELLO, false).get(0).state();
    }

    @Test
    void aDeployFromCreateToInServiceTakesAtMostTwelveRequests() {
        Template template =
                steps.approveTemplate(LabCase.HELLO, lab.bake("hello-app").image(), YES);
        NodeRef first = LabCase.node("hello-app-0", "run-0");
        deployed(first);
        // The very first node of an account also makes the tags of its states.
        steps.markNode(first, NodeState.READY, null);
        steps.markNode(first, NodeState.IN_SERVICE, null);
        long before = lab.cloud.requests();

        DropletId droplet = steps.createDroplet(LabCase.order(APP, template.image()));
        Node node = steps.awaitDroplet(LabCase.order(APP, template.image()), droplet);
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
    void aCreateWhoseAnswerIsLostLeavesOneDropletThatTheNextTryFinds() {
        long fault = lab.lab.plan(Fault.of(ApiFault.CREATE_ANSWER_LOST));

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        DropletId found = base(APP);

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(found.value());
    }

    @Test
    void aDropletOfTheNameWithAnotherSizeOrImageIsNotTaken() {
        base(APP);

        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> steps.createBase(
                        new BaseOrder(APP, "fra1", "s-2vcpu-2gb", "ubuntu-24-04-x64", Optional.empty(), List.of())));

        assertThat(failure.getType()).isEqualTo(FailureType.CLOUD_REFUSED.name());
        assertThat(failure.getOriginalMessage())
                .contains("has size s-1vcpu-1gb, expected s-2vcpu-2gb")
                .contains("expected ubuntu-24-04-x64");
        assertThat(lab.idsOf("hello-app-1")).hasSize(1);
    }

    @Test
    void aCreateThatFailsAfterItsEffectLeavesOneDroplet() {
        long fault = lab.lab.plan(Fault.of(ApiFault.ERROR_AFTER).on("POST /v2/droplets"));

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        DropletId found = base(APP);

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(found.value());
    }

    @Test
    void aCreateThatFailsBeforeItsEffectIsMadeByTheNextTry() {
        long fault = lab.lab.plan(Fault.of(ApiFault.ERROR_BEFORE).on("POST /v2/droplets"));

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        assertThat(lab.idsOf("hello-app-1")).isEmpty();
        DropletId made = base(APP);

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(made.value());
    }

    @Test
    void aLateCreateBesideASecondOneLeavesOnlyTheOldest() {
        long fault = lab.lab.plan(Fault.of(ApiFault.CREATE_ANSWER_LATE).seconds(3));
        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);
        base(APP);
        lab.clock.advance(Duration.ofSeconds(10));
        assertThat(lab.idsOf("hello-app-1")).hasSize(2);
        long oldest = lab.idsOf("hello-app-1").get(0);

        DropletId kept = whenFree(APP);

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
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
    void aLateCreateIsDestroyedWithItsRun() {
        long fault = lab.lab.plan(Fault.of(ApiFault.CREATE_ANSWER_LATE).seconds(1));
        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_UNCLEAR);

        List<DropletId> destroyed = steps.destroyDroplet(APP);

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
        assertThat(destroyed).hasSize(1);
        assertThat(lab.machines.machines()).isEmpty();
    }

    @Test
    void aSecondCallOfCreateFindsTheFirstOnesDroplet() {
        DropletId first = base(APP);

        assertThat(base(APP)).isEqualTo(first);
        assertThat(lab.idsOf("hello-app-1")).containsExactly(first.value());
    }

    @Test
    void aDropletOfAnotherRunIsNeverTakenOver() {
        base(APP);

        assertThat(typeOf(() -> base(LabCase.node("hello-app-1", "run-2")))).isEqualTo(FailureType.CLOUD_REFUSED);
        steps.destroyDroplet(LabCase.node("hello-app-1", "run-2"));

        assertThat(lab.idsOf("hello-app-1")).hasSize(1);
    }

    @Test
    void aDropletThatSluiceDidNotMakeIsNeverTouched() {
        long foreign = lab.foreign("hello-app-1", "\"theirs\"");

        assertThat(typeOf(() -> base(APP))).isEqualTo(FailureType.CLOUD_REFUSED);
        assertThat(typeOf(() -> steps.markNode(APP, NodeState.READY, null))).isEqualTo(FailureType.CLOUD_REFUSED);
        steps.quarantineNode(APP);

        assertThat(steps.destroyDroplet(APP)).isEmpty();
        assertThat(lab.cloud.droplet(foreign).orElseThrow().status()).isEqualTo("active");
        assertThat(lab.cloud.droplet(foreign).orElseThrow().tags()).containsExactly("theirs");
    }

    @Test
    void aDropletWhoseTagsAreStillToComeIsAskedAgain() throws IOException {
        try (LabCase slow = new LabCase(LabSettings.of("secret").withTagMillis(4_000))) {
            long fault = slow.lab.plan(Fault.of(ApiFault.CREATE_ANSWER_LOST));
            assertThat(typeOf(() -> slow.steps.createBase(LabCase.base(APP)))).isEqualTo(FailureType.CLOUD_UNCLEAR);
            assertThat(typeOf(() -> slow.steps.createBase(LabCase.base(APP)))).isEqualTo(FailureType.CLOUD_UNCLEAR);
            slow.clock.advance(Duration.ofSeconds(5));

            DropletId found = slow.steps.createBase(LabCase.base(APP));

            assertThat(slow.lab.fired(fault)).isEqualTo(1);
            assertThat(slow.idsOf("hello-app-1")).containsExactly(found.value());
        }
    }

    @Test
    void aFreshDropletIsDestroyedEvenBeforeItHasTags() throws IOException {
        try (LabCase slow = new LabCase(LabSettings.of("secret").withTagMillis(4_000))) {
            slow.steps.createBase(LabCase.base(APP));

            assertThat(slow.steps.destroyDroplet(APP)).hasSize(1);
            assertThat(slow.machines.machines()).isEmpty();
        }
    }

    @Test
    void tooManyRequestsWaitAsLongAsDigitalOceanSays() {
        long fault = lab.lab.plan(
                Fault.of(ApiFault.TOO_MANY_REQUESTS).on("POST /v2/droplets").seconds(17));

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> base(APP));

        assertThat(lab.lab.fired(fault)).isEqualTo(1);
        assertThat(failure.getType()).isEqualTo(FailureType.CLOUD_BUSY.name());
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void theDropletLimitIsAQuota() throws IOException {
        try (LabCase small = new LabCase(LabSettings.of("secret").withDropletLimit(0))) {
            assertThat(typeOf(() -> small.steps.createBase(LabCase.base(APP)))).isEqualTo(FailureType.QUOTA_REACHED);
        }
    }

    @Test
    void aDropletWhoseCreationFailsAfterItWasAcceptedIsRefused() {
        lab.machines.failCreates("hello-app-1");
        DropletId droplet = base(APP);

        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class, () -> steps.awaitDroplet(LabCase.order(APP, 1), droplet));

        assertThat(failure.getType()).isEqualTo(FailureType.CLOUD_REFUSED.name());
        assertThat(failure.getOriginalMessage()).contains("hello-app-1").contains(droplet.toString());
    }

    @Test
    void aStepThatShallStopStopsAtItsNextPauseAndUndoesNothing() {
        DropletId droplet = base(APP);
        lab.heart.stopWith(new ActivityCanceledException());

        assertThat(catchThrowableOfType(
                        ActivityCanceledException.class, () -> steps.awaitDroplet(LabCase.order(APP, 1), droplet)))
                .isNotNull();
        assertThat(lab.idsOf("hello-app-1")).hasSize(1);
    }

    @Test
    void destroyingWaitsUntilTheDropletIsGoneAndRemovesItsRunsTag() {
        Node node = deployed(APP);

        assertThat(steps.destroyDroplet(APP)).containsExactly(node.droplet());

        assertThat(lab.idsOf("hello-app-1")).isEmpty();
        assertThat(lab.cloud.tagCount("run:run-1")).isEmpty();
        assertThat(steps.destroyDroplet(APP)).isEmpty();
    }

    @Test
    void destroyingWaitsForAnEventThatIsUnderWay() {
        Node node = deployed(APP);
        lab.cloud.begin(node.droplet().value(), "power_off", Optional.empty());

        assertThat(steps.destroyDroplet(APP)).containsExactly(node.droplet());
        assertThat(lab.machines.machines()).isEmpty();
    }

    @Test
    void aQuarantinedNodeIsOffTaggedAndStillThere() {
        deployed(APP);

        steps.quarantineNode(APP);
        steps.quarantineNode(APP);

        NodeStatus status = steps.listNodes(LabCase.HELLO, false).get(0);
        assertThat(status.powered()).isFalse();
        assertThat(status.state()).contains(NodeState.QUARANTINE);
        assertThat(tagsOf(APP)).doesNotContain("state:deploying");
    }

    @Test
    void theClusterFilesDigestReplacesTheLastOneOnAllNodesOfTheRole() {
        deployed(APP);
        deployed(LabCase.node("hello-app-2", "run-2"));
        steps.markConfig(LabCase.HELLO, Role.APP, new Digest("1".repeat(64)));

        steps.markConfig(LabCase.HELLO, Role.APP, new Digest("2".repeat(64)));

        assertThat(steps.listNodes(LabCase.HELLO, false))
                .hasSize(2)
                .allSatisfy(status -> assertThat(status.config()).contains("2".repeat(16)));
        assertThat(lab.cloud.tagged("config:" + "1".repeat(16))).isEmpty();
    }

    @Test
    void aClusterFilesTagGoesWithTheLastNodeThatCarriesIt() {
        String old = "config:" + "1".repeat(16);
        String now = "config:" + "2".repeat(16);
        NodeRef second = LabCase.node("hello-app-2", "run-2");
        deployed(APP);
        deployed(second);
        steps.markConfig(LabCase.HELLO, Role.APP, new Digest("1".repeat(64)));

        steps.markConfig(LabCase.HELLO, Role.APP, new Digest("2".repeat(64)));
        assertThat(lab.cloud.tagCount(old)).as("nobody's any more").isEmpty();

        steps.destroyDroplet(APP);
        assertThat(lab.cloud.tagCount(now)).as("the second node's").isPresent();

        steps.destroyDroplet(second);
        assertThat(lab.cloud.tagCount(now)).as("with the last node").isEmpty();
    }

    @Test
    void aClusterFilesTagStaysWithTheOtherRole() {
        String old = "config:" + "1".repeat(16);
        Node proxy = deployed(LabCase.node("hello-proxy-1", "run-2"));
        deployed(APP);
        steps.markConfig(LabCase.HELLO, Role.APP, new Digest("1".repeat(64)));
        lab.cloud.untag(
                Tags.role(Role.APP), Cloud.Kind.DROPLET, List.of(proxy.droplet().value()));

        steps.markConfig(LabCase.HELLO, Role.APP, new Digest("2".repeat(64)));

        assertThat(tagsOf(proxy.ref())).contains(old);
    }

    @Test
    void aTemplateKeepsItsManifestAndItsFirstApproval() {
        Template baked = lab.bake("hello-app");
        steps.approveTemplate(LabCase.HELLO, baked.image(), YES);
        steps.approveTemplate(LabCase.HELLO, baked.image(), new Approval("other", YES.at(), "later"));

        Template template = steps.listTemplates(LabCase.HELLO).get(0);

        assertThat(template.image()).isEqualTo(baked.image());
        assertThat(template.manifest()).isEqualTo(LabCase.MANIFEST);
        assertThat(template.approval()).contains(YES);
        assertThat(template.regions()).contains("fra1");
    }

    @Test
    void aSnapshotAskedForTwiceIsMadeOnce() {
        Node node = deployed(APP);
        SnapshotOrder order = new SnapshotOrder(APP, node.droplet(), "hello-app", LabCase.MANIFEST);

        Template first = steps.snapshotNode(order);

        assertThat(steps.snapshotNode(order).image()).isEqualTo(first.image());
        assertThat(lab.machines.journal())
                .filteredOn(line -> line.startsWith("snapshot"))
                .hasSize(1);
    }

    @Test
    void aSnapshotOfTheSameNameThatIsSomebodyElsesIsLeftAlone() {
        long foreign = lab.foreign("other", "\"theirs\"");
        lab.post("/v2/droplets/" + foreign + "/actions", "{\"type\":\"snapshot\",\"name\":\"hello-app\"}");
        lab.clock.advance(Duration.ofSeconds(60));

        Template ours = lab.bake("hello-app");

        assertThat(lab.cloud.imagesTagged("sluice")).extracting(Image::id).containsExactly(ours.image());
    }

    @Test
    void aPlanIsCheckedAgainstTemplateAndAccount() {
        Template template =
                steps.approveTemplate(LabCase.HELLO, lab.bake("hello-app").image(), YES);

        PlanFacts facts = steps.checkPlan(question("fra1", "s-1vcpu-1gb", "sluice", 2));

        assertThat(facts.template()).isEqualTo(template);
        assertThat(facts.dropletLimit()).isEqualTo(25);
        assertThat(facts.usdPerHour()).isPositive();
    }

    @Test
    void aPlanWithUnknownWordsIsInvalidAndAllOfThemAreNamed() {
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class, () -> steps.checkPlan(question("fra11", "s-1vcpu-1gbb", "sluize", 1)));

        assertThat(failure.getType()).isEqualTo(FailureType.PLAN_INVALID.name());
        assertThat(failure.getOriginalMessage())
                .contains("did you mean 'fra1'?", "did you mean 's-1vcpu-1gb'?", "did you mean 'sluice'?");
    }

    @Test
    void aTemplateThatNobodyApprovedDoesNotDeploy() {
        Template template = lab.bake("hello-app");

        assertThat(typeOf(() -> steps.checkPlan(question("fra1", "s-1vcpu-1gb", "sluice", 1))))
                .isEqualTo(FailureType.TEMPLATE_REFUSED);
        assertThat(typeOf(() -> steps.approveTemplate(LabCase.HELLO, template.image() + 1, YES)))
                .isEqualTo(FailureType.TEMPLATE_REFUSED);
    }

    @Test
    void morePlannedDropletsThanAllowedAreAQuota() {
        steps.approveTemplate(LabCase.HELLO, lab.bake("hello-app").image(), YES);

        assertThat(typeOf(() -> steps.checkPlan(question("fra1", "s-1vcpu-1gb", "sluice", 26))))
                .isEqualTo(FailureType.QUOTA_REACHED);
    }

    @Test
    void allThatCarriesOurTagsIsListedAndNothingElse() {
        lab.foreign("other", "\"theirs\"");
        deployed(APP);
        lab.bake("hello-app");

        assertThat(steps.listTagged())
                .extracting(Tagged::kind, Tagged::name)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Tagged.Kind.DROPLET, "hello-app-1"),
                        org.assertj.core.groups.Tuple.tuple(Tagged.Kind.SNAPSHOT, "hello-app"),
                        org.assertj.core.groups.Tuple.tuple(Tagged.Kind.RUN_TAG, "run:run-1"));
    }

    @Test
    void onlyEmptyTagsOfOurOwnFormAreListedAndDeleted() {
        deployed(APP);
        List<String> ours = List.of(
                "config:0123456789abcdef", "manifest:" + "a".repeat(64), "approved-at:1763800000", "approved-by:mfxgc");
        List<String> theirs = List.of("config:prod", "manifest:v2", "approved-by:Ana_B", "state:leaving", "theirs");
        Stream.concat(ours.stream(), theirs.stream()).forEach(this::emptyTag);

        assertThat(steps.listTagged())
                .filteredOn(thing -> thing.kind() == Tagged.Kind.EMPTY_TAG)
                .extracting(Tagged::name)
                .containsExactlyInAnyOrderElementsOf(ours);
        ours.forEach(steps::deleteTag);
        assertThat(steps.listTagged()).noneMatch(thing -> thing.kind() == Tagged.Kind.EMPTY_TAG);
        theirs.forEach(tag -> assertThat(typeOf(() -> steps.deleteTag(tag))).isEqualTo(FailureType.CLOUD_REFUSED));
    }

    private void emptyTag(String name) {
        lab.post("/v2/tags", "{\"name\":\"%s\"}".formatted(name));
    }

    @Test
    void anImageWhoseBakeDiedWhileItWasTaggedIsNoTemplate() {
        long image = lab.bake("hello-app").image();
        lab.cloud.untag("manifest:" + LabCase.MANIFEST, Cloud.Kind.IMAGE, List.of(image));

        assertThat(steps.listTagged())
                .filteredOn(thing -> thing.kind() == Tagged.Kind.UNFINISHED_TEMPLATE)
                .extracting(Tagged::id)
                .containsExactly(Long.toString(image));
    }

    @Test
    void aTagThatIsStillCarriedOrNotOursIsNotDeleted() {
        deployed(APP);

        steps.deleteTag("run:run-1");
        steps.deleteTag("run:unknown");

        assertThat(tagsOf(APP)).contains("run:run-1");
        assertThat(typeOf(() -> steps.deleteTag("theirs"))).isEqualTo(FailureType.CLOUD_REFUSED);
    }

    private static PlanQuestion question(String region, String size, String key, int count) {
        return new PlanQuestion(
                LabCase.HELLO, Role.APP, region, size, Optional.empty(), List.of(key), count, Optional.empty());
    }
}
