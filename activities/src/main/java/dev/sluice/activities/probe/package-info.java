/** Requests to the cluster as a client sends them. */
@NullMarked
package dev.sluice.activities.probe;

import org.jspecify.annotations.NullMarked;
