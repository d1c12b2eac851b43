@NullMarked
package dev.sluice.workflows;

import org.jspecify.annotations.NullMarked;
