/** Cloud firewalls, reserved addresses and VPCs. */
@NullMarked
package dev.sluice.lab.network;

import org.jspecify.annotations.NullMarked;
