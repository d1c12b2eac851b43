/** The border of the lab: how connections cross between the host's network and the hub's, which has no uplink. */
@NullMarked
package dev.sluice.lab.border;

import org.jspecify.annotations.NullMarked;
