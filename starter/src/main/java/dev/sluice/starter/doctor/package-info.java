/** The doctor: checks of each link that a deployment needs, and their findings. */
@NullMarked
package dev.sluice.starter.doctor;

import org.jspecify.annotations.NullMarked;
