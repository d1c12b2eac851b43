/** Tests of the package of the same name. */
@NullMarked
package dev.sluice.activities.ssh;

import org.jspecify.annotations.NullMarked;
