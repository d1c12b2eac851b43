/** Tests of the package of the same name. */
@NullMarked
package dev.sluice.activities.node;

import org.jspecify.annotations.NullMarked;
