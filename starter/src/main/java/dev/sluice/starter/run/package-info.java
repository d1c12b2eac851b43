/** What a command knows of a run: its id, links, exit code. */
@NullMarked
package dev.sluice.starter.run;

import org.jspecify.annotations.NullMarked;
