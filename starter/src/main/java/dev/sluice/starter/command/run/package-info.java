/** Commands about one run: watch, show, approve, cancel. */
@NullMarked
package dev.sluice.starter.command.run;

import org.jspecify.annotations.NullMarked;
