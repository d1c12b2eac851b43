/** What an operator can ask for: one interface per runbook, readable without the code that carries it out. */
@NullMarked
package dev.sluice.workflows;

import org.jspecify.annotations.NullMarked;
