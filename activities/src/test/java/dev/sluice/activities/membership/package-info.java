/** Tests: membership at real and broken proxies. */
@NullMarked
package dev.sluice.activities.membership;

import org.jspecify.annotations.NullMarked;
