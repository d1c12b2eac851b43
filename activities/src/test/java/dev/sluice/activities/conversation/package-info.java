@NullMarked
package dev.sluice.activities.conversation;

import org.jspecify.annotations.NullMarked;
