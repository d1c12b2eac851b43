/** Tests of runbooks on the test server, with a fault at each step. */
@NullMarked
package dev.sluice.workflows.runbook;

import org.jspecify.annotations.NullMarked;
