package dev.sluice.workflows.model.check;

import java.time.Duration;

/**
 * How a cluster is checked for life.
 *
 * @param every interval of the checks
 * @param strikes checks in a row that must find a member ill before it is ejected, and a finding before it is told
 * @param eject whether an ill member is ejected; else it is only told
 */
public record CheckSettings(Duration every, int strikes, boolean eject) {
    /** What a cluster file without a word about it means. */
    public static final CheckSettings STANDARD = new CheckSettings(Duration.ofMinutes(1), 2, true);
}
