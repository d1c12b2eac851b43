@NullMarked
package dev.sluice.starter.clusterfile;

import org.jspecify.annotations.NullMarked;
