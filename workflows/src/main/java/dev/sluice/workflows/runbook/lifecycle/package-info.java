/** One node's way into service and out of it. */
@NullMarked
package dev.sluice.workflows.runbook.lifecycle;

import org.jspecify.annotations.NullMarked;
