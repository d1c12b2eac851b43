package dev.sluice.activities.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.cloud.client.MovingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MovingClock clock = new MovingClock();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    private void pause(Duration time) {
        pauses.add(time);
        clock.advance(time);
    }

    private Poll everySecond() {
        return Poll.every(() -> SECOND, this::pause);
    }

    @Test
    void returnsTheFirstAnswerThatIsDone() {
        assertThat(everySecond().await(calls::incrementAndGet, count -> count == 3))
                .isEqualTo(3);
        assertThat(pauses).containsExactly(SECOND, SECOND);
    }

    @Test
    void returnsTheLastAnswerAtTheDeadline() {
        Poll poll = everySecond().until(clock, SECOND.multipliedBy(2));

        assertThat(poll.await(calls::incrementAndGet, count -> false)).isEqualTo(3);
        assertThat(pauses).containsExactly(SECOND, SECOND);
    }

    @Test
    void stopsAfterTheNumberOfChecks() {
        assertThat(everySecond().times(3).await(() -> calls.incrementAndGet() > 3))
                .isFalse();
        assertThat(calls).hasValue(3);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void retriesOnlyExpectedFailuresAndThrowsTheLast() {
        Poll poll = everySecond().until(clock, SECOND);

        assertThatThrownBy(() -> poll.retry(this::fail, IllegalStateException.class::isInstance))
                .hasMessage("call 2");
        assertThatThrownBy(() -> everySecond().retry(this::fail, IllegalArgumentException.class::isInstance))
                .hasMessage("call 3");
    }

    private String fail() {
        throw new IllegalStateException("call " + calls.incrementAndGet());
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        Poll poll = Poll.every(Poll.doubling(SECOND, SECOND.multipliedBy(3)), this::pause);

        assertThat(poll.lastPause()).isEqualTo(Duration.ZERO);
        poll.await(() -> calls.incrementAndGet() == 4);

        assertThat(pauses).containsExactly(SECOND, SECOND.multipliedBy(2), SECOND.multipliedBy(3));
        assertThat(poll.lastPause()).isEqualTo(SECOND.multipliedBy(3));
    }
}
