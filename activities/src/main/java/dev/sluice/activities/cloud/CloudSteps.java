package dev.sluice.activities.cloud;

import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The steps that touch DigitalOcean's machines. */
public final class CloudSteps implements CloudActivities {
    private final Cloud cloud;
    private final Heart heart;
    private final UserData userData;
    private final TaggedFleet fleet;
    private final Creation creation;
    private final Readiness readiness;
    private final Marks marks;
    private final Departure departure;
    private final Approved approved;
    private final Snapshotting snapshotting;
    private final PlanCheck planCheck;

    public CloudSteps(DigitalOceanCloud cloud, UserData userData, Heart heart, Clock clock) {
        this(cloud, cloud.catalog(), userData, heart, clock);
    }

    CloudSteps(Cloud cloud, Catalog catalog, UserData userData, Heart heart, Clock clock) {
        this.cloud = cloud;
        this.heart = heart;
        this.userData = userData;
        this.fleet = new TaggedFleet(cloud, clock);
        this.creation = new Creation(cloud, catalog, clock);
        this.readiness = new Readiness(cloud, fleet, heart, clock);
        this.marks = new Marks(cloud, fleet);
        this.departure = new Departure(cloud, creation, marks, heart);
        this.approved = new Approved(cloud);
        this.snapshotting = new Snapshotting(cloud, departure, approved, heart, clock);
        this.planCheck = new PlanCheck(cloud, catalog, approved, fleet);
    }

    /** The clusters' nodes for the worker's other steps, from the same list that waiting steps share. */
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public PlanFacts checkPlan(PlanQuestion question) {
        return typed(() -> planCheck.check(question));
    }

    @Override
    public DropletId createDroplet(CloneOrder order) {
        return create(
                order.node(),
                new Wanted(
                        order.node().name().value(),
                        order.region(),
                        order.size(),
                        Long.toString(order.image()),
                        order.vpc(),
                        order.sshKeys(),
                        Tags.atCreation(order.node(), Optional.of(order.image())),
                        userData.of(order.node())));
    }

    @Override
    public DropletId createBase(BaseOrder order) {
        return create(
                order.node(),
                new Wanted(
                        order.node().name().value(),
                        order.region(),
                        order.size(),
                        order.slug(),
                        order.vpc(),
                        order.sshKeys(),
                        Tags.atCreation(order.node(), Optional.empty()),
                        userData.of(order.node())));
    }

    private DropletId create(NodeRef node, Wanted wanted) {
        try (Heart.Beat beat = heart.start()) {
            return typed(() -> creation.create(node, wanted, beat.again()));
        }
    }

    @Override
    public Node awaitDroplet(CloneOrder order, DropletId droplet) {
        return typed(() -> readiness.await(order.node(), droplet));
    }

    @Override
    public void markNode(NodeRef node, NodeState state, @Nullable NodeState from) {
        done(() -> marks.state(node, state, from));
    }

    @Override
    public void markConfig(ClusterName cluster, Role role, Digest config) {
        done(() -> marks.config(cluster, role, config));
    }

    @Override
    public List<DropletId> destroyDroplet(NodeRef node) {
        return typed(() -> departure.destroy(node));
    }

    @Override
    public void quarantineNode(NodeRef node) {
        done(() -> departure.quarantine(node));
    }

    @Override
    public List<NodeStatus> listNodes(ClusterName cluster, boolean lately) {
        return fleet.nodes(cluster, lately ? Fleet.LATELY : Fleet.NOW);
    }

    @Override
    public List<Template> listTemplates(ClusterName cluster) {
        return typed(() -> approved.list(cluster));
    }

    @Override
    public Template approveTemplate(ClusterName cluster, long image, Approval approval) {
        return typed(() -> approved.approve(cluster, image, approval));
    }

    @Override
    public Template snapshotNode(SnapshotOrder order) {
        return typed(() -> snapshotting.snapshot(order));
    }

    @Override
    public List<Tagged> listTagged() {
        return typed(() -> {
            List<Tagged> found = new ArrayList<>();
            List<Droplet> droplets = cloud.tagged(Tags.SLUICE);
            droplets.forEach(droplet -> found.add(tagged(droplet)));
            cloud.imagesTagged(Tags.SLUICE).forEach(image -> found.add(tagged(image)));
            FirewallEntries entries = FirewallEntries.of(cloud);
            found.addAll(entries.tagged(droplets));
            cloud.tags().stream()
                    .filter(tag -> !entries.name(tag.name()))
                    .forEach(tag -> tagged(tag).ifPresent(found::add));
            return List.copyOf(found);
        });
    }

    @Override
    public void deleteTag(String tag) {
        if (!Tags.isOfOneThing(tag)) {
            throw Failures.of(
                    FailureType.CLOUD_REFUSED,
                    "Tag %s is kept: only tags of runs, cluster files, manifests and approvals are deleted."
                            .formatted(tag));
        }
        done(() -> marks.forget(tag));
    }

    private static Tagged tagged(Droplet droplet) {
        return new Tagged(
                Tagged.Kind.DROPLET,
                Long.toString(droplet.id()),
                droplet.name(),
                Tags.clusterOf(droplet.tags()),
                Tags.stateOf(droplet.tags()),
                Tags.value(droplet.tags(), Tags.RUN),
                droplet.created());
    }

    private static Tagged tagged(Image image) {
        return new Tagged(
                Approved.template(image).isPresent() ? Tagged.Kind.SNAPSHOT : Tagged.Kind.UNFINISHED_TEMPLATE,
                Long.toString(image.id()),
                image.name(),
                Tags.clusterOf(image.tags()),
                Optional.empty(),
                Tags.value(image.tags(), Tags.RUN),
                image.created());
    }

    private static Optional<Tagged> tagged(Cloud.TagCount tag) {
        if (tag.name().startsWith(Tags.RUN)) {
            return Optional.of(tagged(Tagged.Kind.RUN_TAG, tag, Tags.value(List.of(tag.name()), Tags.RUN)));
        }
        return tag.carriers() == 0 && Tags.isOfOneThing(tag.name())
                ? Optional.of(tagged(Tagged.Kind.EMPTY_TAG, tag, Optional.empty()))
                : Optional.empty();
    }

    // The API does not say when a tag was made.
    private static Tagged tagged(Tagged.Kind kind, Cloud.TagCount tag, Optional<String> run) {
        return new Tagged(kind, tag.name(), tag.name(), Optional.empty(), Optional.empty(), run, Instant.EPOCH);
    }

    private static <T> T typed(Supplier<T> step) {
        try {
            return step.get();
        } catch (CloudFailure failure) {
            throw failure.typed();
        }
    }

    private static void done(Runnable step) {
        typed(() -> {
            step.run();
            return true;
        });
    }
}
