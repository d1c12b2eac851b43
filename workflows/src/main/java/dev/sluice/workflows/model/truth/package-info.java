/** What the provider, the zone and the cluster file say about one cluster, and where they disagree. */
@NullMarked
package dev.sluice.workflows.model.truth;

import org.jspecify.annotations.NullMarked;
