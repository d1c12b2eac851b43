/** Dates that run out, asked where they are kept: certificates by a handshake, domains by RDAP. Changes nothing. */
@NullMarked
package dev.sluice.activities.expiry;

import org.jspecify.annotations.NullMarked;
