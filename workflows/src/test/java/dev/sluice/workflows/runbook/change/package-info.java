/** Tests: the change of a role: plan check, approval, one run per node. */
@NullMarked
package dev.sluice.workflows.runbook.change;

import org.jspecify.annotations.NullMarked;
