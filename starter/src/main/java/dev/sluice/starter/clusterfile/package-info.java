/** Reads sluice.yaml and reports all its errors, each with its line. */
@NullMarked
package dev.sluice.starter.clusterfile;

import org.jspecify.annotations.NullMarked;
