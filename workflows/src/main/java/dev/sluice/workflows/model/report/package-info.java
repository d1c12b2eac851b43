/** What a run reports: steps, outcome, failure, evidence. */
@NullMarked
package dev.sluice.workflows.model.report;

import org.jspecify.annotations.NullMarked;
