/** Tests of the package of the same name. */
@NullMarked
package dev.sluice.activities.secret;

import org.jspecify.annotations.NullMarked;
