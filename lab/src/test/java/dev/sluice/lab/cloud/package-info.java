/** Tests: the API's contracts. */
@NullMarked
package dev.sluice.lab.cloud;

import org.jspecify.annotations.NullMarked;
