/** What the runbooks can have done to the world: one interface per thing acted upon. */
@NullMarked
package dev.sluice.workflows.activity;

import org.jspecify.annotations.NullMarked;
