package dev.sluice.workflows.runbook.run;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * Time limits and retries, by kind of step.
 *
 * @param create the one request that makes a droplet: longer than its own hard deadline, so that no two are in flight
 * @param shortCall one request and one response; DigitalOcean's rate limit may delay its retry by a minute
 * @param quickCheck a check that must not delay the run, such as whether every proxy answers
 * @param heartbeating work on a node, on the proxies or at the name server
 * @param longRunning work that waits for the cloud or a remote job
 * @param rollback undo steps: they may wait longer, since a timeout leaves something behind
 * @param evidence the collection of evidence from a node that is about to be destroyed
 * @param gateTimeout how long a node may take to pass the gate
 * @param pause between two inspections
 * @param equalFailures equal failed inspections in a row that close the gate before its timeout
 * @param verdictMaxAge the gate runs again before the node joins if its verdict is older
 * @param lateCreate how long a create without a response may still take effect
 */
public record Patience(
        ActivityLimits create,
        ActivityLimits shortCall,
        ActivityLimits quickCheck,
        ActivityLimits heartbeating,
        ActivityLimits longRunning,
        ActivityLimits rollback,
        ActivityLimits evidence,
        Duration gateTimeout,
        Duration pause,
        int equalFailures,
        Duration verdictMaxAge,
        Duration lateCreate) {
    /** The limits of a worker: a killed worker costs a heartbeat timeout and a first retry, under 10 s. */
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
     * @param oneTry start-to-close timeout of one try
     * @param heartbeat heartbeat timeout, after which another worker retries; empty if the try is short by itself
     * @param total timeout of all tries and the back-off between them
     * @param tries maximum number; 0 for no limit within the total
     */
    public record ActivityLimits(Duration oneTry, Optional<Duration> heartbeat, Duration total, int tries) {
        /** How long a step may miss its heartbeat before another worker retries it. */
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
