@NullMarked
package dev.sluice.lab.memory;

import org.jspecify.annotations.NullMarked;
