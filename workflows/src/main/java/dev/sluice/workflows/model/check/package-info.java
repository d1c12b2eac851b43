/** What the gate and the expiry watch ask, and their answers. */
@NullMarked
package dev.sluice.workflows.model.check;

import org.jspecify.annotations.NullMarked;
