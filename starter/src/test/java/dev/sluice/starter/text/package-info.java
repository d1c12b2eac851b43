@NullMarked
package dev.sluice.starter.text;

import org.jspecify.annotations.NullMarked;
