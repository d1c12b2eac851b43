package dev.sluice.workflows.model.node;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;

/**
 * Identifies a node, also without a droplet.
 *
 * @param run the first execution's run ID of the workflow that made it; the tag {@code run:<id>} of its droplet
 */
public record NodeRef(ClusterName cluster, Role role, NodeName name, String run) {}
