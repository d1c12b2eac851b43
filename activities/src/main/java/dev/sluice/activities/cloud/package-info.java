/** The activities on DigitalOcean's resources, written against the ports of {@code cloud.api}. */
@NullMarked
package dev.sluice.activities.cloud;

import org.jspecify.annotations.NullMarked;
