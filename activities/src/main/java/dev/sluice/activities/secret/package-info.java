/** Secrets of the worker, found by name; they never travel. */
@NullMarked
package dev.sluice.activities.secret;

import org.jspecify.annotations.NullMarked;
