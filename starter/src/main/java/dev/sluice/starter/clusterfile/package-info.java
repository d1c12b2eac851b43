/** Reads sluice.yaml: validated whole, every error with its line. */
@NullMarked
package dev.sluice.starter.clusterfile;

import org.jspecify.annotations.NullMarked;
