/** The lab's command line: up, down, status, env, break and cert. */
@NullMarked
package dev.sluice.lab;

import org.jspecify.annotations.NullMarked;
