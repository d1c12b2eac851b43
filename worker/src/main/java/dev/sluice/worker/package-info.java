/** The worker process: wires, registers and drains runbooks and activities; decides nothing. */
@NullMarked
package dev.sluice.worker;

import org.jspecify.annotations.NullMarked;
