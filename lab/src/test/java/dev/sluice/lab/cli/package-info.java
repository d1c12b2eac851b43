/** Tests: the lab's command line and its two processes. */
@NullMarked
package dev.sluice.lab.cli;

import org.jspecify.annotations.NullMarked;
