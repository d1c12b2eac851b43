/** Writes the first cluster file: questions, values, files. */
@NullMarked
package dev.sluice.starter.init;

import org.jspecify.annotations.NullMarked;
