/** DigitalOcean's domains and their records. */
@NullMarked
package dev.sluice.lab.domains;

import org.jspecify.annotations.NullMarked;
