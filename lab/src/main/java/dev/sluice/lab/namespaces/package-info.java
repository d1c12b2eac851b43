/**
 * Machines as Linux namespaces: real Debian userlands with sshd and Apache inside one outer world, the hub. The work is
 * done by the scripts that lie beside these classes as resources; the classes say what, and keep the account.
 */
@NullMarked
package dev.sluice.lab.namespaces;

import org.jspecify.annotations.NullMarked;
