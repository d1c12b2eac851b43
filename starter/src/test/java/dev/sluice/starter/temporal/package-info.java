@NullMarked
package dev.sluice.starter.temporal;

import org.jspecify.annotations.NullMarked;
