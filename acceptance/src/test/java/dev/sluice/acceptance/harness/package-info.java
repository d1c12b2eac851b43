/** Tests: what the acceptance tests stand on: processes, lab, browser, traffic. */
@NullMarked
package dev.sluice.acceptance.harness;

import org.jspecify.annotations.NullMarked;
