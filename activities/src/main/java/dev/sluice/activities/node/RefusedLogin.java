package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Ends a step once its node has refused the workers' key for two minutes, over all its tries: a node that boots has the key
 * before sshd answers. Each try fails at once, so that the reason is seen while the step is tried again.
 */
final class RefusedLogin {
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final ActivityHeartbeat heartbeat;
    private final Clock clock;

    RefusedLogin(ActivityHeartbeat heartbeat, Clock clock) {
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    <T> T limit(Supplier<T> call) {
        try {
            return call.get();
        } catch (ApplicationFailure failure) {
            if (!FailureType.LOGIN_REFUSED.name().equals(failure.getType())) {
                throw failure;
            }
            Instant since = heartbeat.remembered().orElseGet(clock::instant);
            heartbeat.remember(since);
            throw clock.instant().isBefore(since.plus(LIMIT)) ? failure : last(failure, since);
        }
    }

    private ApplicationFailure last(ApplicationFailure failure, Instant since) {
        String sentence = "%s; refused for %d s, at most %d s expected of a node that boots"
                .formatted(
                        failure.getOriginalMessage(),
                        Duration.between(since, clock.instant()).toSeconds(),
                        LIMIT.toSeconds());
        return ApplicationFailure.newNonRetryableFailure(sentence, failure.getType());
    }
}
