/** Tests: templates: baked, approved, listed. */
@NullMarked
package dev.sluice.workflows.runbook.template;

import org.jspecify.annotations.NullMarked;
