/** Audits whether a run kept Sluice's promises, by its history and the cluster's current state. */
@NullMarked
package dev.sluice.starter.audit;

import org.jspecify.annotations.NullMarked;
