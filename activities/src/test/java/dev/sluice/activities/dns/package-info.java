@NullMarked
package dev.sluice.activities.dns;

import org.jspecify.annotations.NullMarked;
