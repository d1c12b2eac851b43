/** The expiry watch: certificates, domains, templates. */
@NullMarked
package dev.sluice.workflows.runbook.expiry;

import org.jspecify.annotations.NullMarked;
