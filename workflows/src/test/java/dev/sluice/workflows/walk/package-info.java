/** Random walks: seeded runs of overlapping operations with faults, judged after every step. */
@NullMarked
package dev.sluice.workflows.walk;

import org.jspecify.annotations.NullMarked;
