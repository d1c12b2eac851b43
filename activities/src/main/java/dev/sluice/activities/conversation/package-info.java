/** Exchanges with peers that may be silent, slow or endless. */
@NullMarked
package dev.sluice.activities.conversation;

import org.jspecify.annotations.NullMarked;
