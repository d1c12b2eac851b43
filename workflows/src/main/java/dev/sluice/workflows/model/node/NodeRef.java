package dev.sluice.workflows.model.node;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;

/**
 * Which node is meant, before and after there is a machine for it.
 *
 * @param run the first execution's run id of the workflow that made it; the tag {@code run:<id>} of its droplet
 */
public record NodeRef(ClusterName cluster, Role role, NodeName name, String run) {}
