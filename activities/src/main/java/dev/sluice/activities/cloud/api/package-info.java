/** Ports and values for DigitalOcean, independent of any client. */
@NullMarked
package dev.sluice.activities.cloud.api;

import org.jspecify.annotations.NullMarked;
