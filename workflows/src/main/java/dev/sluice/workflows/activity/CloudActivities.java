package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterFile;
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
import dev.sluice.workflows.model.plan.ChangePlan;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Droplets, images and tags at DigitalOcean. Resources without Sluice's tags are never changed. */
@ActivityInterface(namePrefix = "Cloud.")
public interface CloudActivities {
    /**
     * Checks that the plan can be executed: the template is approved, in the region and fits the size, and the droplet
     * limit has room. Changes nothing. Fails with TEMPLATE_REFUSED, QUOTA_REACHED, PLAN_INVALID (unknown size, region,
     * vpc or key) or CLOUD_DENIED.
     */
    PlanFacts checkPlan(PlanQuestion question);

    /**
     * Creates the droplet with one request. Idempotent: it searches by name first. Fails with CLOUD_UNCLEAR when the
     * outcome is unknown. A failure whose details are {@link NoDropletCreated} proves that no try created a droplet,
     * and that none will appear.
     */
    DropletId createDroplet(CloneOrder order);

    /** Waits until the droplet is created, active, unlocked and has its addresses. Heartbeats; idempotent. */
    Node awaitDroplet(CloneOrder order, DropletId droplet);

    /**
     * Sets the droplet's state tag, and removes the old one afterwards. Idempotent.
     *
     * @param from the state that the node must have, unless it has the new one already; else CLOUD_REFUSED. Given for
     *     another run's node, whose own run may have begun meanwhile, and for a way back. Null for the run's own node,
     *     which is refused if its state is already later on the way into service
     */
    void markNode(NodeRef node, NodeState state, @Nullable NodeState from);

    /** Stores the digest of this change's cluster file as a tag of the role's nodes. */
    void markConfig(ClusterName cluster, Role role, Sha256Digest config);

    /**
     * Destroys droplets of this name that carry this run's tag, waits until they are gone, then deletes the run's tag if
     * nothing has it. Returns the droplets that it destroyed. Idempotent. It searches again by name, since a create may
     * take effect late. A droplet that is ready or in service is never destroyed: its run marks it leaving first. Fails
     * with CLOUD_REFUSED for such a droplet.
     *
     * @param only the one droplet to destroy, if others of this name and run may stay; null for all of them
     */
    List<DropletId> destroyDroplet(NodeRef node, @Nullable DropletId only);

    /**
     * Powers the node off and tags it as quarantined; its address stays allocated. Fails with CLOUD_REFUSED for a droplet
     * in service.
     */
    void quarantineNode(NodeRef node);

    /** Returns a cluster's nodes, by tag; one request serves many callers. {@code lately}: may be some seconds old. */
    List<NodeStatus> listNodes(ClusterName cluster, boolean lately);

    List<Template> listTemplates(ClusterName cluster);

    /** Approves a template. Idempotent: the first approval stays. Fails with TEMPLATE_REFUSED for an unknown ID. */
    Template approveTemplate(ClusterName cluster, long image, Approval approval);

    /** Creates the droplet to bake a template on, from a base image's slug. Otherwise as {@link #createDroplet}. */
    DropletId createBase(BaseDropletOrder order);

    /** Shuts the droplet down, waits until it is off, snapshots it under that name and tags the image. Heartbeats. */
    Template snapshotNode(SnapshotOrder order);

    /**
     * Returns all resources with Sluice's tags, the tags of runs, tags in Sluice's format without a resource, and the
     * entries of firewalls that name any of these.
     */
    List<TaggedResource> listTagged();

    /** Deletes a tag in Sluice's format that has no resources. Idempotent. */
    void deleteTag(String tag);

    /** The one request for a droplet of that name was refused. */
    record NoDropletCreated(NodeName node) {}

    /** The parts of a plan that the cloud checks; without a template the newest approved one counts. */
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

        public static PlanQuestion of(ChangePlan plan) {
            ClusterFile file = plan.file();
            return new PlanQuestion(
                    file.name(),
                    plan.role(),
                    file.region(),
                    file.role(plan.role()).size(),
                    file.vpc(),
                    file.sshKeys(),
                    plan.nodes().size(),
                    plan.template());
        }
    }

    /** The result of the check. */
    record PlanFacts(Template template, int droplets, int dropletLimit, double usdPerHour, List<NodeStatus> nodes) {
        public PlanFacts {
            nodes = List.copyOf(nodes);
        }
    }

    /** One node to clone. The worker makes the user data with the first-contact key, which is in no history. */
    record CloneOrder(
            NodeRef node, String region, String size, long image, Optional<String> vpc, List<String> sshKeys) {
        public CloneOrder {
            sshKeys = List.copyOf(sshKeys);
        }
    }

    /** One droplet to bake on. */
    record BaseDropletOrder(
            NodeRef node, String region, String size, String slug, Optional<String> vpc, List<String> sshKeys) {
        public BaseDropletOrder {
            sshKeys = List.copyOf(sshKeys);
        }
    }

    /** One snapshot to take of a baked droplet. */
    record SnapshotOrder(NodeRef node, DropletId droplet, String name, Sha256Digest manifest) {}

    /** One resource at DigitalOcean with Sluice's tags. */
    record TaggedResource(
            TaggedKind kind,
            String id,
            String name,
            Optional<ClusterName> cluster,
            Optional<NodeState> state,
            Optional<String> run,
            Instant since) {
        /** The kind of a tagged resource. */
        public enum TaggedKind {
            DROPLET,
            SNAPSHOT,
            /** A snapshot with Sluice's tag but not all tags of a template: its bake ended early. */
            UNFINISHED_TEMPLATE,
            RUN_TAG,
            /** The tag of a cluster file, an approval or a manifest that no resource carries. */
            EMPTY_TAG,
            /** A firewall's entry for the tag of a run; ID and name are the firewall's. */
            FIREWALL_RUN,
            /** A firewall's entry for a missing droplet; the ID is the droplet's, the name the firewall's. */
            FIREWALL_DROPLET,
            /** The token may not read firewalls; the name is the reason. */
            FIREWALLS_UNREAD
        }
    }
}
