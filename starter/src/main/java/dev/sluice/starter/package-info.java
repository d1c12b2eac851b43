/** The command line: it starts, watches and approves runs. */
@NullMarked
package dev.sluice.starter;

import org.jspecify.annotations.NullMarked;
