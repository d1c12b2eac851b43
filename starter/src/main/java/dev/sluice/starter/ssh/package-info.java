/** A shell on a node that trusts only the cluster's host authority. */
@NullMarked
package dev.sluice.starter.ssh;

import org.jspecify.annotations.NullMarked;
