/** Commands that change or show a cluster. */
@NullMarked
package dev.sluice.starter.command.cluster;

import org.jspecify.annotations.NullMarked;
