/** What every runbook about one node stands on. */
@NullMarked
package dev.sluice.workflows.runbook.node;

import org.jspecify.annotations.NullMarked;
