/** What every runbook stands on: activity stubs, progress, undo, timers. */
@NullMarked
package dev.sluice.workflows.runbook.run;

import org.jspecify.annotations.NullMarked;
