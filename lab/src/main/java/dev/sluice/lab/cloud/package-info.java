/** The account as a whole behind one lock, and the server of its API. */
@NullMarked
package dev.sluice.lab.cloud;

import org.jspecify.annotations.NullMarked;
