/** What is done on a node: first boot, inspection, recipes, evidence. */
@NullMarked
package dev.sluice.activities.node;

import org.jspecify.annotations.NullMarked;
