/** Follows a run to its end, or until the operator detaches. */
@NullMarked
package dev.sluice.starter.watch;

import org.jspecify.annotations.NullMarked;
