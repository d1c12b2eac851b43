/** The activities on nodes: first boot, inspection, recipes, evidence. */
@NullMarked
package dev.sluice.activities.node;

import org.jspecify.annotations.NullMarked;
