/** Shared parts of the runbooks about one node. */
@NullMarked
package dev.sluice.workflows.runbook.node;

import org.jspecify.annotations.NullMarked;
