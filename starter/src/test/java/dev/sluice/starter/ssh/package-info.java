@NullMarked
package dev.sluice.starter.ssh;

import org.jspecify.annotations.NullMarked;
