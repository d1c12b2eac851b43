/** SSH to nodes: proven identity, commands as values, named jobs. The only package that uses JSch. */
@NullMarked
package dev.sluice.activities.ssh;

import org.jspecify.annotations.NullMarked;
