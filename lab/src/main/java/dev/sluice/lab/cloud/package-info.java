/** The account as a whole: its resources behind one lock. */
@NullMarked
package dev.sluice.lab.cloud;

import org.jspecify.annotations.NullMarked;
