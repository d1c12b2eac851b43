/** Renders file templates with Velocity, restricted so that plan text cannot run code. The only package that uses Velocity. */
@NullMarked
package dev.sluice.activities.template;

import org.jspecify.annotations.NullMarked;
