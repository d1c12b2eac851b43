/** The members of every proxy: their files and the running balancer. */
@NullMarked
package dev.sluice.activities.membership;

import org.jspecify.annotations.NullMarked;
