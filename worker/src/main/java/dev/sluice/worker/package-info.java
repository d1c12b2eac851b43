/** The process that offers Sluice's runbooks and activities to Temporal: it wires, offers and drains; it decides nothing. */
@NullMarked
package dev.sluice.worker;

import org.jspecify.annotations.NullMarked;
