/** Pure functions from reports to the lines that the operator reads. */
@NullMarked
package dev.sluice.starter.text;

import org.jspecify.annotations.NullMarked;
