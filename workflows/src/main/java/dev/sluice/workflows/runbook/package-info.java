/** The implementations of all runbooks. Deterministic: no clock, no input or output, no threads, no randomness. */
@NullMarked
package dev.sluice.workflows.runbook;

import org.jspecify.annotations.NullMarked;
