/** The port between the lab's API and its backends: machines that boot from images. */
@NullMarked
package dev.sluice.lab.machine;

import org.jspecify.annotations.NullMarked;
