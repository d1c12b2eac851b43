/** State that all commands share: options, environment, output, connection. */
@NullMarked
package dev.sluice.starter.session;

import org.jspecify.annotations.NullMarked;
