@NullMarked
package dev.sluice.activities.notice;

import org.jspecify.annotations.NullMarked;
