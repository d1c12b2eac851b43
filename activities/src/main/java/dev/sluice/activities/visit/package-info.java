/** The service as its clients see it. */
@NullMarked
package dev.sluice.activities.visit;

import org.jspecify.annotations.NullMarked;
