/**
 * Machines as Linux namespaces: real Debian userlands with sshd and Apache inside the hub. Scripts, which are resources
 * beside these classes, do the work; the classes call them and keep the state.
 */
@NullMarked
package dev.sluice.lab.namespaces;

import org.jspecify.annotations.NullMarked;
