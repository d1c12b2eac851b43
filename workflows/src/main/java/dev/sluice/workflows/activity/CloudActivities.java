package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The machines themselves, at DigitalOcean. Nothing without Sluice's tags is ever changed. */
@ActivityInterface(namePrefix = "Cloud.")
public interface CloudActivities {
    /**
     * Whether the plan can be carried out: template approved, in the region, fitting the size; droplets left. Asks only.
     * Fails with TEMPLATE_REFUSED, QUOTA_REACHED, PLAN_INVALID (unknown size, region, vpc or key) or CLOUD_DENIED.
     */
    PlanFacts checkPlan(PlanQuestion question);

    /**
     * Creates the droplet, one request. Looks by name first, so that a second call finds the first call's droplet; fails
     * with CLOUD_UNCLEAR when the outcome is not known. A failure whose details are {@link NoDropletCreated} proves that no try
     * of it made a droplet, and that none will show up.
     */
    DropletId createDroplet(CloneOrder order);

    /** Waits until the droplet is created, active, unlocked and has its addresses. Heartbeats; a second call goes on. */
    Node awaitDroplet(CloneOrder order, DropletId droplet);

    /**
     * Puts the droplet's state tag: the new one before the old one goes. A second call finds it done.
     *
     * @param from refused (CLOUD_REFUSED) if the node has neither this state nor the new one: for a node that is not the
     *     run's own, whose own run may have begun since it was looked at, and for a way back; null for a run's own node,
     *     which is refused if it is further on its way into service
     */
    void markNode(NodeRef node, NodeState state, @Nullable NodeState from);

    /** Keeps the digest of the cluster file of this change as a tag of the role's nodes. */
    void markConfig(ClusterName cluster, Role role, Sha256Digest config);

    /**
     * Destroys every droplet of this name that carries this run's tag, and waits until it is gone; then its run tag. Not
     * there is done. Looks again by name, since a create may take effect late. Answers the droplets that it destroyed.
     */
    List<DropletId> destroyDroplet(NodeRef node);

    /** Cuts the power and tags the node as quarantined; its address stays taken. */
    void quarantineNode(NodeRef node);

    /** All nodes of a cluster, by tag; one request for many callers. {@code lately}: as they were some seconds ago will do. */
    List<NodeStatus> listNodes(ClusterName cluster, boolean lately);

    /** The cluster's templates, newest first. */
    List<Template> listTemplates(ClusterName cluster);

    /** Releases a template. A second call keeps the first approval. Fails with TEMPLATE_REFUSED if there is none of that id. */
    Template approveTemplate(ClusterName cluster, long image, Approval approval);

    /** Creates the droplet a template is baked on, from a base image's slug. Otherwise as {@link #createDroplet}. */
    DropletId createBase(BaseDropletOrder order);

    /** Shuts the droplet down, waits until it is off, snapshots it under that name and tags the image. Heartbeats. */
    Template snapshotNode(SnapshotOrder order);

    /**
     * What carries Sluice's tags, the tags of runs, tags of Sluice's own form that nothing carries, and what firewalls
     * name of ours.
     */
    List<TaggedResource> listTagged();

    /** Deletes a tag of Sluice's own form that has no resources any more. Not there is done. */
    void deleteTag(String tag);

    /** The one request for a droplet of that name was refused. */
    record NoDropletCreated(NodeName node) {}

    /** What a plan has to be checked against; template empty for the newest approved one. */
    record PlanQuestion(
            ClusterName cluster,
            Role role,
            String region,
            String size,
            Optional<String> vpc,
            List<String> sshKeys,
            int count,
            Optional<Long> template) {
        public PlanQuestion {
            sshKeys = List.copyOf(sshKeys);
        }
    }

    /** What the check found. */
    record PlanFacts(Template template, int droplets, int dropletLimit, double usdPerHour, List<NodeStatus> nodes) {
        public PlanFacts {
            nodes = List.copyOf(nodes);
        }
    }

    /** One node to clone. The user data with its first-contact key is made by the worker and is in no history. */
    record CloneOrder(
            NodeRef node, String region, String size, long image, Optional<String> vpc, List<String> sshKeys) {
        public CloneOrder {
            sshKeys = List.copyOf(sshKeys);
        }
    }

    /** One machine to bake on. */
    record BaseDropletOrder(
            NodeRef node, String region, String size, String slug, Optional<String> vpc, List<String> sshKeys) {
        public BaseDropletOrder {
            sshKeys = List.copyOf(sshKeys);
        }
    }

    /** One snapshot to take of a baked machine. */
    record SnapshotOrder(NodeRef node, DropletId droplet, String name, Sha256Digest manifest) {}

    /** One thing at DigitalOcean that carries our tags. */
    record TaggedResource(
            TaggedKind kind,
            String id,
            String name,
            Optional<ClusterName> cluster,
            Optional<NodeState> state,
            Optional<String> run,
            Instant since) {
        /** What it is. */
        public enum TaggedKind {
            DROPLET,
            SNAPSHOT,
            /** Ours by its tag, but it lacks what makes a template: its bake died before it was done. */
            UNFINISHED_TEMPLATE,
            RUN_TAG,
            /** Of a cluster file, an approval or a manifest, and nothing carries it. */
            EMPTY_TAG,
            /** A firewall's entry for the tag of a run; id and name are the firewall's. */
            FIREWALL_RUN,
            /** The entry of a firewall of ours for a droplet that is gone; the id is the droplet's, the name the firewall's. */
            FIREWALL_DROPLET,
            /** The token may not see firewalls; the name is the sentence that says so. */
            FIREWALLS_UNREAD
        }
    }
}
