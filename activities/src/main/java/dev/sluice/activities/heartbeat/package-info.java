/** Heartbeats of activities, as the steps of all packages use them. */
@NullMarked
package dev.sluice.activities.heartbeat;

import org.jspecify.annotations.NullMarked;
