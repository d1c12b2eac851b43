/** Shared parts of all runbooks: activity stubs, progress, undo, timers. */
@NullMarked
package dev.sluice.workflows.runbook.run;

import org.jspecify.annotations.NullMarked;
