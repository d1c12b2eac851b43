/** Tests of the package of the same name. */
@NullMarked
package dev.sluice.activities.cloud;

import org.jspecify.annotations.NullMarked;
