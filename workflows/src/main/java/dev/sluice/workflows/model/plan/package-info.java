/** What a run is asked to do, complete and digestible. */
@NullMarked
package dev.sluice.workflows.model.plan;

import org.jspecify.annotations.NullMarked;
