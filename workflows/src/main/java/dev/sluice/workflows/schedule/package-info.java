/** What is done again and again for a cluster, as Schedules of Temporal that carry the cluster file in their action. */
@NullMarked
package dev.sluice.workflows.schedule;

import org.jspecify.annotations.NullMarked;
