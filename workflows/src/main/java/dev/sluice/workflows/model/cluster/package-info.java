/** The cluster file as values: roles, template, checks, settings. */
@NullMarked
package dev.sluice.workflows.model.cluster;

import org.jspecify.annotations.NullMarked;
