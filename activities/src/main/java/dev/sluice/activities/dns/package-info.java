/** The service's records at the API and at the zone's name servers. */
@NullMarked
package dev.sluice.activities.dns;

import org.jspecify.annotations.NullMarked;
