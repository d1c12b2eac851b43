@NullMarked
package dev.sluice.lab.border;

import org.jspecify.annotations.NullMarked;
