@NullMarked
package dev.sluice.activities.probe;

import org.jspecify.annotations.NullMarked;
