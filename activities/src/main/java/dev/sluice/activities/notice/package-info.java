/** Notices to people by a webhook, whose URL is a secret of the workers. */
@NullMarked
package dev.sluice.activities.notice;

import org.jspecify.annotations.NullMarked;
