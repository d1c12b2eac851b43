@NullMarked
package dev.sluice.activities.cloud;

import org.jspecify.annotations.NullMarked;
