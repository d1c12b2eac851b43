/** What every command shares: options, environment, output, connection. */
@NullMarked
package dev.sluice.starter.session;

import org.jspecify.annotations.NullMarked;
