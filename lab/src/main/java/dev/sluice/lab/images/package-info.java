/** DigitalOcean's images, and the snapshots among them. */
@NullMarked
package dev.sluice.lab.images;

import org.jspecify.annotations.NullMarked;
