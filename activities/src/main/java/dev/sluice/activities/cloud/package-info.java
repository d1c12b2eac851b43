/** DigitalOcean's API behind our own types; the only place besides dns that knows its client. */
@NullMarked
package dev.sluice.activities.cloud;

import org.jspecify.annotations.NullMarked;
