package dev.sluice.activities.ssh;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import java.time.Duration;

/** One node's connection, which is kept and reused; thread-safe. */
public interface Shell {
    /**
     * Runs the command and returns its result with any exit status.
     *
     * @param limit for the whole command
     * @throws io.temporal.failure.ApplicationFailure NODE_UNREACHABLE if the node does not answer or the command times out,
     *     HOST_IDENTITY if another host answers, COMMAND_LOST if the connection broke while the command ran
     */
    CommandResult run(RemoteCommand command, Duration limit);

    /** The same shell with a heartbeat while its commands run. */
    default Shell withHeartbeat(ActivityHeartbeat beats) {
        return (command, limit) -> {
            beats.beatFor(limit.plus(ActivityHeartbeat.EVERY));
            return run(command, limit);
        };
    }
}
