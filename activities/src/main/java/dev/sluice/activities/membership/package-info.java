/** Who takes traffic: the files and the running balancer of every proxy. */
@NullMarked
package dev.sluice.activities.membership;

import org.jspecify.annotations.NullMarked;
