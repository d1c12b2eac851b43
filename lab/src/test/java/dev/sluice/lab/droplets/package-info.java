/** Tests: droplets. */
@NullMarked
package dev.sluice.lab.droplets;

import org.jspecify.annotations.NullMarked;
