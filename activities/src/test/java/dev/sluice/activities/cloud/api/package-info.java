/** Tests: digitalOcean as Sluice sees it: ports and values, free of any client. */
@NullMarked
package dev.sluice.activities.cloud.api;

import org.jspecify.annotations.NullMarked;
