/** Tests: the server without HTTP. */
@NullMarked
package dev.sluice.lab.server;

import org.jspecify.annotations.NullMarked;
