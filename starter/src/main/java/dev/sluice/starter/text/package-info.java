/** What the operator reads: pure functions from reports to lines. */
@NullMarked
package dev.sluice.starter.text;

import org.jspecify.annotations.NullMarked;
