/** File templates rendered by Velocity, which plan text cannot make run code. The only place that knows Velocity. */
@NullMarked
package dev.sluice.activities.template;

import org.jspecify.annotations.NullMarked;
