/** A cluster's first file and what it brings along. */
@NullMarked
package dev.sluice.starter.first;

import org.jspecify.annotations.NullMarked;
