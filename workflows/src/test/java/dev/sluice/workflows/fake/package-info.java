/** A fake cluster with a journal of calls and faults that a test sets; the test harness. */
@NullMarked
package dev.sluice.workflows.fake;

import org.jspecify.annotations.NullMarked;
