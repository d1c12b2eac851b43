package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.time.Instant;

/**
 * A template to make.
 *
 * @param machine name of the droplet that it is baked on
 * @param title name of the snapshot, such as {@code hello-app 2026-11-20}
 */
public record BakePlan(
        ClusterFile file, Role role, NodeName machine, String title, String by, String reason, Instant asked) {}
