/** Tests of the package of the same name. */
@NullMarked
package dev.sluice.activities.template;

import org.jspecify.annotations.NullMarked;
