/** A node: its name, address, droplet and state. */
@NullMarked
package dev.sluice.workflows.model.node;

import org.jspecify.annotations.NullMarked;
