/** The check of a cluster that serves. */
@NullMarked
package dev.sluice.activities.watch;

import org.jspecify.annotations.NullMarked;
