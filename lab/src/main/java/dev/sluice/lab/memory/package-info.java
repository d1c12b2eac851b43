/** Machines in memory: for tests of the API, and for thousands of droplets at once. */
@NullMarked
package dev.sluice.lab.memory;

import org.jspecify.annotations.NullMarked;
