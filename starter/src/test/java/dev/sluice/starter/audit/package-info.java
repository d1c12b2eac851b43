@org.jspecify.annotations.NullMarked
package dev.sluice.starter.audit;
