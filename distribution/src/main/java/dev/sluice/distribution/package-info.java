/** Generates completions, manual page and licences when the tarball is built; it is not part of the tarball. */
@NullMarked
package dev.sluice.distribution;

import org.jspecify.annotations.NullMarked;
