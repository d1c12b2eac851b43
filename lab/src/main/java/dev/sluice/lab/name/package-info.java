/** The lab's DNS: what its name server asks of the API's zones. */
@NullMarked
package dev.sluice.lab.name;

import org.jspecify.annotations.NullMarked;
