/** The doctor: questions to each connection, and the findings. */
@NullMarked
package dev.sluice.starter.doctor;

import org.jspecify.annotations.NullMarked;
