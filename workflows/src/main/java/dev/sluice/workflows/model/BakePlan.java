package dev.sluice.workflows.model;

import java.time.Instant;

/**
 * A template to make.
 *
 * @param machine name of the machine it is baked on
 * @param title name of the snapshot, such as {@code hello-app 2026-11-20}
 */
public record BakePlan(
        ClusterFile file, Role role, NodeName machine, String title, String by, String reason, Instant asked) {}
