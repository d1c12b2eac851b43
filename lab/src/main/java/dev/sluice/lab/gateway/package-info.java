/** The way into the lab's network: SOCKS5 and the published site. */
@NullMarked
package dev.sluice.lab.gateway;

import org.jspecify.annotations.NullMarked;
