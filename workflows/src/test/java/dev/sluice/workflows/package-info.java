/** Tests: the runbooks as Temporal knows them: workflow interfaces. */
@NullMarked
package dev.sluice.workflows;

import org.jspecify.annotations.NullMarked;
