/** What the CLI asks of Temporal, each call with a time limit. */
@NullMarked
package dev.sluice.starter.temporal;

import org.jspecify.annotations.NullMarked;
