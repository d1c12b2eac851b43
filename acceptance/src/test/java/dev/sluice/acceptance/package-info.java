/** The real processes, from outside: what the command line prints, what HTTP, DNS and the API answer. */
@NullMarked
package dev.sluice.acceptance;

import org.jspecify.annotations.NullMarked;
