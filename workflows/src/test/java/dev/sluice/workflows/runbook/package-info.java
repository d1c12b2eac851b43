/** Each runbook on the test server, step by step and break by break. */
@NullMarked
package dev.sluice.workflows.runbook;

import org.jspecify.annotations.NullMarked;
