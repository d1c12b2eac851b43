/** Tests: what one call of the command line shares among its parts. */
@NullMarked
package dev.sluice.starter.session;

import org.jspecify.annotations.NullMarked;
