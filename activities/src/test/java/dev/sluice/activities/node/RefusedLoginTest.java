package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RefusedLoginTest {
    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

    private @Nullable Instant kept;

    @Test
    void aRefusedKeyIsSeenAtOnceAndEndsTheStepAfterTwoMinutesOfTries() {
        assertThat(refusedAt(Duration.ZERO).isNonRetryable()).isFalse();
        assertThat(refusedAt(Duration.ofSeconds(119)).isNonRetryable()).isFalse();
        ApplicationFailure last = refusedAt(Duration.ofSeconds(121));
        assertThat(last.isNonRetryable()).isTrue();
        assertThat(last.getType()).isEqualTo(FailureType.LOGIN_REFUSED.name());
        assertThat(last.getOriginalMessage())
                .isEqualTo(
                        "hello-app-1 refuses the key; refused for 121 s, at most 120 s expected of a node that boots");
    }

    @Test
    void anotherFailureIsNotCounted() {
        ApplicationFailure other = TypedFailures.of(FailureType.NODE_UNREACHABLE, "It is silent");
        assertThat(catchThrowableOfType(ApplicationFailure.class, () -> limit(START, other)))
                .isSameAs(other);
        assertThat(kept).isNull();
    }

    private ApplicationFailure refusedAt(Duration later) {
        return catchThrowableOfType(
                ApplicationFailure.class,
                () -> limit(
                        START.plus(later), TypedFailures.of(FailureType.LOGIN_REFUSED, "hello-app-1 refuses the key")));
    }

    private void limit(Instant now, ApplicationFailure failure) {
        new RefusedLogin(new KeptHeartbeat(), Clock.fixed(now, ZoneOffset.UTC)).limit(() -> {
            throw failure;
        });
    }

    /** Keeps what one try leaves for the next, as Temporal does. */
    private final class KeptHeartbeat implements ActivityHeartbeat {
        @Override
        public void pause(Duration time) {
            throw new AssertionError("a refused key is not waited for within a try");
        }

        @Override
        public void remember(Instant instant) {
            kept = instant;
        }

        @Override
        public Optional<Instant> remembered() {
            return Optional.ofNullable(kept);
        }

        @Override
        public boolean isRetry() {
            return kept != null;
        }

        @Override
        public void close() {}
    }
}
