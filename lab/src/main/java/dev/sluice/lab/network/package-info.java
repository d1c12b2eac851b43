/** Cloud firewalls and reserved addresses. */
@NullMarked
package dev.sluice.lab.network;

import org.jspecify.annotations.NullMarked;
