/** Expiration dates: of certificates by a handshake, of domains by RDAP. Changes nothing. */
@NullMarked
package dev.sluice.activities.expiry;

import org.jspecify.annotations.NullMarked;
