/** How a step that takes its time tells Temporal that it lives. */
@NullMarked
package dev.sluice.activities.heartbeat;

import org.jspecify.annotations.NullMarked;
