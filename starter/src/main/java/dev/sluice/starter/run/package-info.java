/** Values that describe a run: ID, state, links, exit code. */
@NullMarked
package dev.sluice.starter.run;

import org.jspecify.annotations.NullMarked;
