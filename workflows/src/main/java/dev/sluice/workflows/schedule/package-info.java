/** Temporal Schedules of a cluster, which carry the cluster file in their action. */
@NullMarked
package dev.sluice.workflows.schedule;

import org.jspecify.annotations.NullMarked;
