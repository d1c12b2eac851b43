package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.CloudImage;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.cloud.api.DropletRequest;
import dev.sluice.activities.cloud.api.UserData;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The activities on droplets, templates and tags at DigitalOcean. */
public final class DigitalOceanCloudActivities implements CloudActivities {
    private final CloudApi cloud;
    private final ActivityHeartbeat.Starter heart;
    private final UserData userData;
    private final TaggedClusterNodes fleet;
    private final DropletCreation creation;
    private final DropletReadiness readiness;
    private final StateTags marks;
    private final DropletRemoval departure;
    private final TemplateStore approved;
    private final TemplateSnapshot snapshotting;
    private final CloudPlanCheck planCheck;

    public DigitalOceanCloudActivities(
            DigitalOceanApi cloud, UserData userData, ActivityHeartbeat.Starter heart, Clock clock) {
        this(cloud, cloud.catalog(), userData, heart, clock);
    }

    public DigitalOceanCloudActivities(
            CloudApi cloud, AccountCatalog catalog, UserData userData, ActivityHeartbeat.Starter heart, Clock clock) {
        this.cloud = cloud;
        this.heart = heart;
        this.userData = userData;
        this.fleet = new TaggedClusterNodes(cloud, clock);
        this.creation = new DropletCreation(cloud, catalog, clock);
        this.readiness = new DropletReadiness(cloud, fleet, heart, clock);
        this.marks = new StateTags(cloud, fleet);
        this.departure = new DropletRemoval(cloud, creation, marks, heart, clock);
        this.approved = new TemplateStore(cloud);
        this.snapshotting = new TemplateSnapshot(cloud, departure, approved, heart, clock);
        this.planCheck = new CloudPlanCheck(cloud, catalog, approved, fleet);
    }

    /** Lists the nodes of a cluster for other activities, from the list that waiting steps share. */
    public ClusterNodes fleet() {
        return fleet;
    }

    @Override
    public PlanFacts checkPlan(PlanQuestion question) {
        return CloudApiException.typed(() -> planCheck.check(question));
    }

    @Override
    public DropletId createDroplet(CloneOrder order) {
        return create(
                order.node(),
                new DropletRequest(
                        order.node().name().value(),
                        order.region(),
                        order.size(),
                        Long.toString(order.image()),
                        order.vpc(),
                        order.sshKeys(),
                        SluiceTags.atCreation(order.node(), Optional.of(order.image())),
                        userData.create(order.node())));
    }

    @Override
    public DropletId createBase(BaseDropletOrder order) {
        return create(
                order.node(),
                new DropletRequest(
                        order.node().name().value(),
                        order.region(),
                        order.size(),
                        order.slug(),
                        order.vpc(),
                        order.sshKeys(),
                        SluiceTags.atCreation(order.node(), Optional.empty()),
                        userData.create(order.node())));
    }

    private DropletId create(NodeRef node, DropletRequest wanted) {
        try (ActivityHeartbeat beat = heart.start()) {
            return CloudApiException.typed(() -> creation.create(node, wanted, beat.isRetry()));
        }
    }

    @Override
    public Node awaitDroplet(CloneOrder order, DropletId droplet) {
        return CloudApiException.typed(() -> readiness.await(order.node(), droplet));
    }

    @Override
    public void markNode(NodeRef node, NodeState state, @Nullable NodeState from) {
        done(() -> marks.setState(node, state, from));
    }

    @Override
    public void markConfig(ClusterName cluster, Role role, Sha256Digest config) {
        done(() -> marks.setConfig(cluster, role, config));
    }

    @Override
    public List<DropletId> destroyDroplet(NodeRef node, @Nullable DropletId only) {
        return CloudApiException.typed(() -> departure.destroy(node, Optional.ofNullable(only)));
    }

    @Override
    public void quarantineNode(NodeRef node) {
        done(() -> departure.quarantine(node));
    }

    @Override
    public List<NodeStatus> listNodes(ClusterName cluster, boolean lately) {
        return fleet.nodes(cluster, lately ? ClusterNodes.LATELY : ClusterNodes.NOW);
    }

    @Override
    public List<Template> listTemplates(ClusterName cluster) {
        return CloudApiException.typed(() -> approved.list(cluster));
    }

    @Override
    public Template approveTemplate(ClusterName cluster, long image, Approval approval) {
        return CloudApiException.typed(() -> approved.approve(cluster, image, approval));
    }

    @Override
    public Template snapshotNode(SnapshotOrder order) {
        return CloudApiException.typed(() -> snapshotting.snapshot(order));
    }

    @Override
    public List<TaggedResource> listTagged() {
        return CloudApiException.typed(() -> {
            List<TaggedResource> found = new ArrayList<>();
            List<CloudDroplet> droplets = cloud.findByTag(SluiceTags.SLUICE);
            droplets.forEach(droplet -> found.add(tagged(droplet)));
            cloud.imagesTagged(SluiceTags.SLUICE).forEach(image -> found.add(tagged(image)));
            FirewallReferences entries = FirewallReferences.read(cloud);
            found.addAll(entries.tagged(droplets));
            cloud.tags().stream()
                    .filter(tag -> !entries.contain(tag.name()))
                    .forEach(tag -> tagged(tag).ifPresent(found::add));
            return List.copyOf(found);
        });
    }

    @Override
    public void deleteTag(String tag) {
        if (!SluiceTags.isOfOneThing(tag)) {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "Tag %s was not deleted: Sluice deletes only tags of runs, cluster files, manifests and approvals"
                            .formatted(tag));
        }
        done(() -> marks.forget(tag));
    }

    private static TaggedResource tagged(CloudDroplet droplet) {
        return new TaggedResource(
                TaggedResource.TaggedKind.DROPLET,
                Long.toString(droplet.id()),
                droplet.name(),
                SluiceTags.clusterOf(droplet.tags()),
                SluiceTags.stateOf(droplet.tags()),
                SluiceTags.value(droplet.tags(), SluiceTags.RUN),
                droplet.created());
    }

    private static TaggedResource tagged(CloudImage image) {
        return new TaggedResource(
                TemplateStore.template(image).isPresent()
                        ? TaggedResource.TaggedKind.SNAPSHOT
                        : TaggedResource.TaggedKind.UNFINISHED_TEMPLATE,
                Long.toString(image.id()),
                image.name(),
                SluiceTags.clusterOf(image.tags()),
                Optional.empty(),
                SluiceTags.value(image.tags(), SluiceTags.RUN),
                image.created());
    }

    private static Optional<TaggedResource> tagged(CloudApi.TagCount tag) {
        if (tag.name().startsWith(SluiceTags.RUN)) {
            return Optional.of(tagged(
                    TaggedResource.TaggedKind.RUN_TAG, tag, SluiceTags.value(List.of(tag.name()), SluiceTags.RUN)));
        }
        return tag.carriers() == 0 && SluiceTags.isOfOneThing(tag.name())
                ? Optional.of(tagged(TaggedResource.TaggedKind.EMPTY_TAG, tag, Optional.empty()))
                : Optional.empty();
    }

    // The API has no creation time of a tag.
    private static TaggedResource tagged(TaggedResource.TaggedKind kind, CloudApi.TagCount tag, Optional<String> run) {
        return new TaggedResource(kind, tag.name(), tag.name(), Optional.empty(), Optional.empty(), run, Instant.EPOCH);
    }

    private static void done(Runnable step) {
        CloudApiException.typed(() -> {
            step.run();
            return true;
        });
    }
}
