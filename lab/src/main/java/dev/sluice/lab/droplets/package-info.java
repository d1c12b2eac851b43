/** Droplets, images, tags and VPCs. */
@NullMarked
package dev.sluice.lab.droplets;

import org.jspecify.annotations.NullMarked;
