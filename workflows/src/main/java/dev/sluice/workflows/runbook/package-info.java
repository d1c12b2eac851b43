/** How each runbook is done, step by step. Deterministic: no clock, no input or output, no threads, no chance. */
@NullMarked
package dev.sluice.workflows.runbook;

import org.jspecify.annotations.NullMarked;
