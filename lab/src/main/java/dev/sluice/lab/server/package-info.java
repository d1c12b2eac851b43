/** The HTTP server: the API under /v2, faults and journal under /lab. */
@NullMarked
package dev.sluice.lab.server;

import org.jspecify.annotations.NullMarked;
