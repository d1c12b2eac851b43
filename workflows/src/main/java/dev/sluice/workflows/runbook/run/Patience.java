package dev.sluice.workflows.runbook.run;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Time limits and tries, by kind of step.
 *
 * @param create the one request that makes a machine: longer than its own hard deadline, so that no two are in flight
 * @param brief one question and one answer; DigitalOcean may ask for a minute's wait before it is tried again
 * @param check whether every proxy answers, before anything is changed
 * @param steady work that heartbeats: on a node, on the proxies, at the name server
 * @param lengthy work that heartbeats and waits for the cloud or a remote job
 * @param takeBack steps of taking back: they may wait longer, since giving up leaves something behind
 * @param evidence the look at a node that is about to go; never holds up the rest
 * @param gate how long a node may take to become fit
 * @param pause between two looks
 * @param looks equal looks in a row that close the gate before its time is over
 * @param verdictAge older verdicts are asked again before the node joins
 * @param lateCreate how long a create without an answer may still take effect
 */
public record Patience(
        ActivityLimits create,
        ActivityLimits brief,
        ActivityLimits check,
        ActivityLimits steady,
        ActivityLimits lengthy,
        ActivityLimits takeBack,
        ActivityLimits evidence,
        Duration gate,
        Duration pause,
        int looks,
        Duration verdictAge,
        Duration lateCreate) {
    /** A killed worker costs a heartbeat's time-out and a first retry: under 10 s. */
    public static final Patience STANDARD = new Patience(
            ActivityLimits.shortCall(Duration.ofMillis(6_500), Duration.ofMinutes(2)),
            ActivityLimits.shortCall(seconds(5), Duration.ofMinutes(2)),
            ActivityLimits.heartbeating(seconds(10), seconds(15)),
            ActivityLimits.heartbeating(Duration.ofMinutes(2), Duration.ofMinutes(3)),
            ActivityLimits.heartbeating(Duration.ofMinutes(15), Duration.ofMinutes(20)),
            ActivityLimits.heartbeating(Duration.ofMinutes(4), Duration.ofMinutes(5)),
            ActivityLimits.heartbeating(seconds(10), seconds(15)),
            seconds(60),
            Duration.ofMillis(500),
            4,
            seconds(60),
            seconds(15));

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /**
     * The limits of one kind of step.
     *
     * @param oneTry start to close of one try
     * @param heartbeat after which a silent try is given to another worker; empty if the try is short by itself
     * @param total for all tries and the waits between them
     * @param tries at most; 0 for as many as fit into the total
     */
    public record ActivityLimits(Duration oneTry, Optional<Duration> heartbeat, Duration total, int tries) {
        /** How long a step that beats may be silent before it is given to another worker. */
        public static final Duration HEARTBEAT = Duration.ofSeconds(4);

        private static final Duration FIRST_RETRY = Duration.ofMillis(500);
        private static final Duration LAST_RETRY = Duration.ofSeconds(5);

        static ActivityLimits shortCall(Duration oneTry, Duration total) {
            return new ActivityLimits(oneTry, Optional.empty(), total, 0);
        }

        static ActivityLimits heartbeating(Duration oneTry, Duration total) {
            return new ActivityLimits(oneTry, Optional.of(HEARTBEAT), total, 0);
        }

        ActivityOptions options(String summary) {
            ActivityOptions.Builder options = ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(oneTry)
                    .setScheduleToCloseTimeout(total)
                    .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                    .setRetryOptions(retries())
                    .setSummary(summary);
            heartbeat.ifPresent(options::setHeartbeatTimeout);
            return options.build();
        }

        private RetryOptions retries() {
            return RetryOptions.newBuilder()
                    .setInitialInterval(FIRST_RETRY)
                    .setMaximumInterval(LAST_RETRY)
                    .setMaximumAttempts(tries)
                    .build();
        }
    }
}
