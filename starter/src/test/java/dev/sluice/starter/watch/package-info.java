@NullMarked
package dev.sluice.starter.watch;

import org.jspecify.annotations.NullMarked;
