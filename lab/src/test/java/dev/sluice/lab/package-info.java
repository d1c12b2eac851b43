/** Rules for the packages of the lab. */
@NullMarked
package dev.sluice.lab;

import org.jspecify.annotations.NullMarked;
