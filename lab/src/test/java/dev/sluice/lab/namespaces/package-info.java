@NullMarked
package dev.sluice.lab.namespaces;

import org.jspecify.annotations.NullMarked;
