/** The gate: one inspection of a node, its checks, and their verdict. */
@NullMarked
package dev.sluice.activities.node.gate;

import org.jspecify.annotations.NullMarked;
