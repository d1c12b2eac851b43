/** Tests of the package of the same name. */
@NullMarked
package dev.sluice.activities.dns;

import org.jspecify.annotations.NullMarked;
