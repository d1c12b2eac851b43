/** Secrets of the worker, found by name; they never leave the worker in a plan or history. */
@NullMarked
package dev.sluice.activities.secret;

import org.jspecify.annotations.NullMarked;
