/** The activities that runbooks call: one interface for each kind of resource. */
@NullMarked
package dev.sluice.workflows.activity;

import org.jspecify.annotations.NullMarked;
