/** What is written when the tarball is made: completions, the manual page, licences. Not delivered itself. */
@NullMarked
package dev.sluice.distribution;

import org.jspecify.annotations.NullMarked;
