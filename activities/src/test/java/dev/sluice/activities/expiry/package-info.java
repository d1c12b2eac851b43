@NullMarked
package dev.sluice.activities.expiry;

import org.jspecify.annotations.NullMarked;
