/** Tests: orphaned resources: found, named, removed. */
@NullMarked
package dev.sluice.workflows.runbook.cleanup;

import org.jspecify.annotations.NullMarked;
