/** The complete requests of runs, and their digest. */
@NullMarked
package dev.sluice.workflows.model.plan;

import org.jspecify.annotations.NullMarked;
