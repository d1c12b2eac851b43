package dev.sluice.activities.ssh;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import java.time.Duration;

/** One node's connection, kept and reused; safe for several threads. */
public interface Shell {
    /**
     * Runs the command and returns its answer, whatever its exit status.
     *
     * @param limit for the whole command
     * @throws io.temporal.failure.ApplicationFailure NODE_UNREACHABLE if the node does not answer or the limit is over,
     *     HOST_IDENTITY if another host answers, COMMAND_LOST if the connection broke while it ran
     */
    CommandResult run(RemoteCommand command, Duration limit);

    /** The same shell, whose activity beats while its commands run. */
    default Shell withHeartbeat(ActivityHeartbeat beats) {
        return (command, limit) -> {
            beats.beatFor(limit.plus(ActivityHeartbeat.EVERY));
            return run(command, limit);
        };
    }
}
