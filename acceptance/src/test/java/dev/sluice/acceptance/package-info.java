/** Black-box tests of the real processes: output of the CLI, answers of HTTP, DNS and the API. */
@NullMarked
package dev.sluice.acceptance;

import org.jspecify.annotations.NullMarked;
