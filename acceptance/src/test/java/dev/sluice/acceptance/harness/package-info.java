/** Tests: the harness of the acceptance tests: processes, lab, browser, traffic. */
@NullMarked
package dev.sluice.acceptance.harness;

import org.jspecify.annotations.NullMarked;
