/** Whether a run kept Sluice's promises, judged by its history and by the world as it is now. */
@NullMarked
package dev.sluice.starter.audit;

import org.jspecify.annotations.NullMarked;
