package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tags by which Sluice knows a node, and what becomes of them, against the lab over HTTP. */
class StateTagsTest extends CloudActivitiesFixture {
    @Test
    void otherRunNeverOverwritesTheMarkOfTheOwnRun() {
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
    void lateAttemptNeverSetsANodeBack() {
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
    void lateAttemptWithAnOldListHasNoEffect() {
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
        return steps.listNodes(LabFixture.HELLO, false).get(0).state();
    }

    @Test
    void replacesTheConfigTagOnAllNodesOfTheRole() {
        deployed(APP);
        deployed(LabFixture.node("hello-app-2", "run-2"));
        steps.markConfig(LabFixture.HELLO, Role.APP, new Sha256Digest("1".repeat(64)));

        steps.markConfig(LabFixture.HELLO, Role.APP, new Sha256Digest("2".repeat(64)));

        assertThat(steps.listNodes(LabFixture.HELLO, false))
                .hasSize(2)
                .allSatisfy(status -> assertThat(status.config()).contains("2".repeat(16)));
        assertThat(lab.cloud.findByTag("config:" + "1".repeat(16))).isEmpty();
    }

    @Test
    void removesAConfigTagWithItsLastNode() {
        String old = "config:" + "1".repeat(16);
        String now = "config:" + "2".repeat(16);
        NodeRef second = LabFixture.node("hello-app-2", "run-2");
        deployed(APP);
        deployed(second);
        steps.markConfig(LabFixture.HELLO, Role.APP, new Sha256Digest("1".repeat(64)));

        steps.markConfig(LabFixture.HELLO, Role.APP, new Sha256Digest("2".repeat(64)));
        assertThat(lab.cloud.tagCount(old)).as("nobody's any more").isEmpty();

        steps.destroyDroplet(APP, null);
        assertThat(lab.cloud.tagCount(now)).as("the second node's").isPresent();

        steps.destroyDroplet(second, null);
        assertThat(lab.cloud.tagCount(now)).as("with the last node").isEmpty();
    }

    @Test
    void keepsTheConfigTagOfTheOtherRole() {
        String old = "config:" + "1".repeat(16);
        Node proxy = deployed(LabFixture.node("hello-proxy-1", "run-2"));
        deployed(APP);
        steps.markConfig(LabFixture.HELLO, Role.APP, new Sha256Digest("1".repeat(64)));
        lab.cloud.untag(
                SluiceTags.role(Role.APP),
                CloudApi.ResourceKind.DROPLET,
                List.of(proxy.droplet().value()));

        steps.markConfig(LabFixture.HELLO, Role.APP, new Sha256Digest("2".repeat(64)));

        assertThat(tagsOf(proxy.ref())).contains(old);
    }

    @Test
    void listsExactlyTheResourcesWithSluiceTags() {
        lab.foreign("other", "\"theirs\"");
        deployed(APP);
        lab.bake("hello-app");

        assertThat(steps.listTagged())
                .extracting(TaggedResource::kind, TaggedResource::name)
                .containsExactlyInAnyOrder(
                        tuple(TaggedResource.TaggedKind.DROPLET, "hello-app-1"),
                        tuple(TaggedResource.TaggedKind.SNAPSHOT, "hello-app"),
                        tuple(TaggedResource.TaggedKind.RUN_TAG, "run:run-1"));
    }

    @Test
    void listsAndDeletesOnlyEmptySluiceTags() {
        deployed(APP);
        List<String> ours = List.of(
                "config:0123456789abcdef", "manifest:" + "a".repeat(64), "approved-at:1763800000", "approved-by:mfxgc");
        List<String> theirs = List.of("config:prod", "manifest:v2", "approved-by:Ana_B", "state:leaving", "theirs");
        Stream.concat(ours.stream(), theirs.stream()).forEach(this::emptyTag);

        assertThat(steps.listTagged())
                .filteredOn(thing -> thing.kind() == TaggedResource.TaggedKind.EMPTY_TAG)
                .extracting(TaggedResource::name)
                .containsExactlyInAnyOrderElementsOf(ours);
        ours.forEach(steps::deleteTag);
        assertThat(steps.listTagged()).noneMatch(thing -> thing.kind() == TaggedResource.TaggedKind.EMPTY_TAG);
        theirs.forEach(tag -> assertThat(typeOf(() -> steps.deleteTag(tag))).isEqualTo(FailureType.CLOUD_REFUSED));
    }

    private void emptyTag(String name) {
        lab.post("/v2/tags", "{\"name\":\"%s\"}".formatted(name));
    }

    @Test
    void keepsUsedAndForeignTags() {
        deployed(APP);

        steps.deleteTag("run:run-1");
        steps.deleteTag("run:unknown");

        assertThat(tagsOf(APP)).contains("run:run-1");
        assertThat(typeOf(() -> steps.deleteTag("theirs"))).isEqualTo(FailureType.CLOUD_REFUSED);
    }
}
