@NullMarked
package dev.sluice.lab.name;

import org.jspecify.annotations.NullMarked;
