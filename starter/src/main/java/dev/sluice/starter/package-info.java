/** The CLI: starts, watches, approves. */
@NullMarked
package dev.sluice.starter;

import org.jspecify.annotations.NullMarked;
