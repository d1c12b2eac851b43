package dev.sluice.activities.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final MovingClock clock = new MovingClock();
    private final RateLimiter budget = new RateLimiter(clock);

    @Test
    void admitsAtOnceWhileManyRequestsRemain() {
        budget.learn(4_000, null);

        assertThat(budget.turn()).isZero();
        assertThat(budget.turn()).isZero();
    }

    @Test
    void spacesRequestsByTheRestOfTheHour() {
        budget.learn(50, null);
        assertThat(budget.turn()).isZero();
        assertThat(budget.turn()).isEqualTo(Duration.ofMillis(500));
        budget.learn(0, null);

        assertThat(budget.turn()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void doesNotReserveADistantTurn() {
        budget.learn(0, null);
        budget.turn();
        budget.turn();
        assertThat(budget.turn()).isEqualTo(Duration.ofSeconds(2));
        assertThat(budget.admit()).contains(Duration.ofSeconds(2));

        clock.advance(Duration.ofSeconds(2));

        assertThat(budget.admit()).isEmpty();
    }

    @Test
    void admitsAfterTheWait() {
        budget.learn(null, Duration.ofSeconds(3));
        assertThat(budget.admit()).contains(Duration.ofSeconds(3));

        clock.advance(Duration.ofSeconds(3));

        assertThat(budget.admit()).isEmpty();
    }

    @Test
    void reservesFifteenRequestsAMinuteForOthers() {
        assertThat(admitted(300)).isEqualTo(235);
        assertThat(budget.requests()).isEqualTo(235);
        assertThat(budget.letThrough()).contains(Duration.ofSeconds(61));

        clock.advance(Duration.ofSeconds(61));

        assertThat(admitted(300)).isEqualTo(235);
    }

    @Test
    void soleUserOfATokenNeverWaits() {
        admitted(225);

        assertThat(budget.turn()).isZero();
        assertThat(budget.turn()).isZero();
    }

    @Test
    void spacesRequestsByTheRestOfTheMinute() {
        othersSend(75);
        assertThat(admitted(75)).isEqualTo(75);
        budget.turn();

        // A fifth of 125 is gone, half of all were others'.
        assertThat(budget.turn()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void reservesMoreForBusyOthers() {
        othersSend(80);

        assertThat(admitted(300)).isEqualTo(250 - 80 - 15 - 10);
    }

    private void othersSend(int requests) {
        budget.learn(5_000, null);
        budget.learn(5_000 - requests, null);
    }

    @Test
    void countsForeignRequestsOnTheSameToken() {
        budget.learn(5_000, null);
        clock.advance(Duration.ofSeconds(5));
        admitted(1);
        budget.learn(4_799, null);

        assertThat(admitted(300)).isEqualTo(34 - 200 / 8);
        clock.advance(Duration.ofSeconds(61));
        assertThat(admitted(300)).isEqualTo(235);
    }

    @Test
    void ignoresOldForeignRequests() {
        budget.learn(5_000, null);
        clock.advance(Duration.ofMinutes(10));
        admitted(1);
        budget.learn(4_500, null);

        assertThat(admitted(300)).isEqualTo(234);
    }

    @Test
    void countsOwnRequestsOnce() {
        budget.learn(5_000, null);
        admitted(10);
        budget.learn(4_995, null);
        budget.learn(4_990, null);

        assertThat(admitted(300)).isEqualTo(225);
    }

    @Test
    void lateAnswersAreNoForeignRequests() {
        budget.learn(5_000, null);
        for (int left = 4_998; left >= 4_800; left -= 2) {
            admitted(2);
            budget.learn(left, null);
            budget.learn(left + 1, null);
        }

        assertThat(admitted(300)).isEqualTo(35);
    }

    @Test
    void countsForeignRequestsAfterTheHourlyCountRises() {
        budget.learn(1_000, null);
        clock.advance(Duration.ofSeconds(10));
        budget.learn(1_500, null);
        admitted(1);
        budget.learn(1_299, null);

        assertThat(admitted(300)).isEqualTo(34 - 200 / 8);
    }

    @Test
    void waitEndsOnceTheOldestRequestsAreAMinuteOld() {
        admitted(10);
        clock.advance(Duration.ofSeconds(20));
        admitted(300);

        assertThat(budget.letThrough()).contains(Duration.ofSeconds(41));
    }

    /** How many of so many that are asked for at once are let through. */
    private int admitted(int requests) {
        int admitted = 0;
        for (int number = 0; number < requests; number++) {
            if (budget.letThrough().isEmpty()) {
                admitted++;
            }
        }
        return admitted;
    }
}
