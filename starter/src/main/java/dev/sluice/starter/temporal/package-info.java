/** The CLI's calls to Temporal, each with a deadline. */
@NullMarked
package dev.sluice.starter.temporal;

import org.jspecify.annotations.NullMarked;
