/** Tests: faults that can be declared. */
@NullMarked
package dev.sluice.lab.fault;

import org.jspecify.annotations.NullMarked;
