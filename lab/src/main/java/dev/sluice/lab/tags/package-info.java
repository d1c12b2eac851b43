/** DigitalOcean's tags, and the resources that carry them. */
@NullMarked
package dev.sluice.lab.tags;

import org.jspecify.annotations.NullMarked;
