@NullMarked
package dev.sluice.workflows.runbook.watch;

import org.jspecify.annotations.NullMarked;
