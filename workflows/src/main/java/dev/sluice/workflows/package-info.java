/** The interfaces of all runbooks: what an operator can start, and its input and report. */
@NullMarked
package dev.sluice.workflows;

import org.jspecify.annotations.NullMarked;
