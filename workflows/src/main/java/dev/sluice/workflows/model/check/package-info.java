/** Checks of the gate and of the expiry watch, and their results. */
@NullMarked
package dev.sluice.workflows.model.check;

import org.jspecify.annotations.NullMarked;
