/** Tests of all activities together. */
@NullMarked
package dev.sluice.activities;

import org.jspecify.annotations.NullMarked;
