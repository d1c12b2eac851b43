/** The port between the lab's API and what stands behind it: machines that boot from images. */
@NullMarked
package dev.sluice.lab.machine;

import org.jspecify.annotations.NullMarked;
