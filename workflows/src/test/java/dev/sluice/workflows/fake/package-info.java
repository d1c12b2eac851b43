/** A small world that keeps its promises, writes down what it is told, and breaks where a test says so. */
@NullMarked
package dev.sluice.workflows.fake;

import org.jspecify.annotations.NullMarked;
