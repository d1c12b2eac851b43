/** Tests: the lab's name server. */
@NullMarked
package dev.sluice.lab.dns;

import org.jspecify.annotations.NullMarked;
