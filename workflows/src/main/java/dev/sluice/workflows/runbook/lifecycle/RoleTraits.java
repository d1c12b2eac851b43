package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import java.util.List;

/**
 * What the runbooks do differently for each role, in one table: a new role is one entry here, beside its constant in
 * {@link Role}.
 *
 * @param missingHalf the end of the sentence about a node that is ready, but not in service
 * @param requiredRoles roles that the cluster file must have before a node of this role changes
 */
public record RoleTraits(Admissions admissions, Removals removals, String missingHalf, List<Role> requiredRoles) {
    private static final RoleTraits APP = new RoleTraits(
            AppAdmission::new, AppRemoval::new, "there is no proxy yet; the first proxy adopts it.", List.of(Role.APP));
    private static final RoleTraits PROXY = new RoleTraits(
            ProxyAdmission::new,
            ProxyRemoval::new,
            "there is no member yet; the run of the first member publishes it.",
            List.of(Role.PROXY, Role.APP));

    /** Makes the admission of a gated node. */
    interface Admissions {
        TrafficAdmission make(NodeContext run, NodeDroplet droplet);
    }

    /** Makes the removal of a node from traffic. */
    interface Removals {
        TrafficRemoval make(NodeContext run, boolean takeBack);
    }

    public static RoleTraits of(Role role) {
        return switch (role) {
            case APP -> APP;
            case PROXY -> PROXY;
        };
    }

    TrafficAdmission newAdmission(NodeContext run, NodeDroplet droplet) {
        return admissions.make(run, droplet);
    }

    /** Removes an orphaned node from traffic; returns when that is confirmed. */
    public void removeOrphan(NodeContext run, NodeStatus status, Node node) {
        removals.make(run, true).removeOrphan(status, node);
    }

    /** {@code takeBack}: the guard does not count the node, since a dead run left it. */
    TrafficRemoval newRemoval(NodeContext run, boolean takeBack) {
        return removals.make(run, takeBack);
    }
}
