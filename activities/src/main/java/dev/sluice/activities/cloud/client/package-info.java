/** The HTTP client of DigitalOcean's API: requests, rate limit, errors. */
@NullMarked
package dev.sluice.activities.cloud.client;

import org.jspecify.annotations.NullMarked;
