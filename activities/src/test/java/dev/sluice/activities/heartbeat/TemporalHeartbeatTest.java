package dev.sluice.activities.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.activity.ActivityInterface;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporalHeartbeatTest {
    private static final Instant THEN = Instant.parse("2026-11-22T10:00:30Z");

    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final ActivityHeartbeat.Starter heart = ActivityHeartbeat::startUntilClosed;
    private final List<String> beats = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        temporal.close();
    }

    /** A step that only waits. */
    @ActivityInterface
    public interface Waiting {
        String waitFor(Duration time);
    }

    private Waiting step(java.util.function.Function<ActivityHeartbeat, String> body) {
        temporal.registerActivitiesImplementations((Waiting) time -> {
            try (ActivityHeartbeat beat = heart.start()) {
                String first = body.apply(beat);
                beat.pause(time);
                return first;
            }
        });
        return temporal.newActivityStub(Waiting.class);
    }

    @Test
    void aWaitingStepBeatsFromATimer() {
        temporal.setActivityHeartbeatListener(String.class, beats::add);

        step(beat -> "").waitFor(Duration.ofMillis(2_500));

        assertThat(beats).hasSizeBetween(1, 3);
    }

    @Test
    void whatATryRemembersIsSentAtOnceAndStaysKnown() {
        temporal.setActivityHeartbeatListener(String.class, beats::add);

        String said = step(beat -> {
                    beat.remember(THEN);
                    return beat.remembered().orElseThrow().toString();
                })
                .waitFor(Duration.ZERO);

        assertThat(said).isEqualTo(THEN.toString());
        assertThat(beats).contains(THEN.toString());
    }

    @Test
    void aLaterTryKnowsWhatAnEarlierOneRemembered() {
        temporal.setHeartbeatDetails(THEN.toString());

        assertThat(step(beat -> beat.remembered().orElseThrow().toString()).waitFor(Duration.ZERO))
                .isEqualTo(THEN.toString());
    }

    @Test
    void aCancelledStepStopsInTheMiddleOfItsPause() {
        Waiting step = step(beat -> {
            temporal.requestCancelActivity();
            return "";
        });
        Instant began = Instant.now();

        assertThat(catchThrowableOfType(CanceledFailure.class, () -> step.waitFor(Duration.ofMinutes(1))))
                .isNotNull();
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
}
