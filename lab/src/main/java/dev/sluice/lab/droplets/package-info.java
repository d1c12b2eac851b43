/** Droplets and the operations on them. */
@NullMarked
package dev.sluice.lab.droplets;

import org.jspecify.annotations.NullMarked;
