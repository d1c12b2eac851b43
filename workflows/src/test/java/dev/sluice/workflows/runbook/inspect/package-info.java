/** Tests: reads of the account and the cluster that change nothing. */
@NullMarked
package dev.sluice.workflows.runbook.inspect;

import org.jspecify.annotations.NullMarked;
