package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.runbook.node.DropletLifecycle;
import dev.sluice.workflows.runbook.node.NodeContext;
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

    /** Makes the way of a gated node into service. */
    interface Admissions {
        TrafficAdmission make(NodeContext run, DropletLifecycle droplet);
    }

    /** Makes the way of a node out of traffic. */
    interface Removals {
        TrafficRemoval make(NodeContext run, boolean takeBack);
    }

    public static RoleTraits of(Role role) {
        return switch (role) {
            case APP -> APP;
            case PROXY -> PROXY;
        };
    }

    TrafficAdmission newAdmission(NodeContext run, DropletLifecycle droplet) {
        return admissions.make(run, droplet);
    }

    /** {@code takeBack}: no guard counts the node, since a dead run left it. */
    public TrafficRemoval newRemoval(NodeContext run, boolean takeBack) {
        return removals.make(run, takeBack);
    }
}
