@NullMarked
package dev.sluice.starter.command;

import org.jspecify.annotations.NullMarked;
