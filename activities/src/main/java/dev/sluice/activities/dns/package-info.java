/** The service's records, at the API and at the name server that answers for the zone. */
@NullMarked
package dev.sluice.activities.dns;

import org.jspecify.annotations.NullMarked;
