/** The words of Sluice as immutable values; knows nothing of Temporal. */
@NullMarked
package dev.sluice.workflows.model;

import org.jspecify.annotations.NullMarked;
