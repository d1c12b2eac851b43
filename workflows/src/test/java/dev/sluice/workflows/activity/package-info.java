/** Tests of what runbooks and activities share. */
@NullMarked
package dev.sluice.workflows.activity;

import org.jspecify.annotations.NullMarked;
