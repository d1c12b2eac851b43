/** Tests of the HTTP server past HTTP. */
@NullMarked
package dev.sluice.lab.server;

import org.jspecify.annotations.NullMarked;
