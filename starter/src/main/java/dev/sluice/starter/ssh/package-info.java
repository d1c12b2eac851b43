/** A shell on a node, with the cluster's own host authority pinned. */
@NullMarked
package dev.sluice.starter.ssh;

import org.jspecify.annotations.NullMarked;
