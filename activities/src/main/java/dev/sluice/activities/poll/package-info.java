/** The one way to wait for a condition outside of a workflow. */
@NullMarked
package dev.sluice.activities.poll;

import org.jspecify.annotations.NullMarked;
