/** A steady load: every request is counted once, none is retried. */
@NullMarked
package dev.sluice.lab.load;

import org.jspecify.annotations.NullMarked;
