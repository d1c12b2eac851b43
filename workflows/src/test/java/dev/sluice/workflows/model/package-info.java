/** Tests of what is asked for and reported. */
@org.jspecify.annotations.NullMarked
package dev.sluice.workflows.model;
