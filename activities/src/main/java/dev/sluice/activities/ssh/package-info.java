/** Nodes reached over SSH: proven identity, commands as values, named jobs. The only place that knows JSch. */
@NullMarked
package dev.sluice.activities.ssh;

import org.jspecify.annotations.NullMarked;
