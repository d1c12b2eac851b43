package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final MovingClock clock = new MovingClock();
    private final Budget budget = new Budget(clock);

    @Test
    void requestsGoOutAtOnceWhileManyAreLeft() {
        budget.learn(4_000, null);

        assertThat(budget.pause()).isZero();
    }

    @Test
    void theFewerRequestsAreLeftTheSlowerTheyGoOut() {
        budget.learn(50, null);
        Duration half = budget.pause();
        budget.learn(0, null);

        assertThat(half).isEqualTo(Duration.ofMillis(500));
        assertThat(budget.pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aWaitIsOverWhenItsTimeHasPassed() {
        budget.learn(null, Duration.ofSeconds(3));
        assertThat(budget.closed()).contains(Duration.ofSeconds(3));

        clock.advance(Duration.ofSeconds(3));

        assertThat(budget.closed()).isEmpty();
    }
}
