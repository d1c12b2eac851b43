package dev.sluice.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CallDeadlineTest {
    @Test
    void boundsTheCallAndReturnsItsResult() {
        @Nullable
        Deadline deadline = CallDeadline.within(
                Duration.ofSeconds(60), () -> Context.current().getDeadline());

        assertThat(deadline).isNotNull();
        assertThat(deadline.timeRemaining(TimeUnit.SECONDS)).isBetween(30L, 60L);
    }

    @Test
    void restoresTheContextAlsoAfterAFailure() {
        Context before = Context.current();
        AtomicReference<Context> inside = new AtomicReference<>(before);

        assertThatThrownBy(() -> CallDeadline.within(Duration.ofSeconds(60), () -> {
                    inside.set(Context.current());
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(Context.current()).isSameAs(before);
        assertThat(inside.get()).isNotSameAs(before);
        assertThat(inside.get().isCancelled()).isTrue();
    }

    @Test
    void keepsAnEarlierDeadlineOfItsCaller() {
        @Nullable
        Deadline inner = CallDeadline.within(
                Duration.ofSeconds(5),
                () -> CallDeadline.within(
                        Duration.ofHours(1), () -> Context.current().getDeadline()));

        assertThat(inner).isNotNull();
        assertThat(inner.timeRemaining(TimeUnit.SECONDS)).isLessThanOrEqualTo(5);
    }
}
