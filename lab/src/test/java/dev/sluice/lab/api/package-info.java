@NullMarked
package dev.sluice.lab.api;

import org.jspecify.annotations.NullMarked;
