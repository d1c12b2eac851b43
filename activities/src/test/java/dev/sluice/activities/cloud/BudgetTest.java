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

    @Test
    void ofTheTwoHundredAndFiftyOfAMinuteFiftyAreLeftForOthers() {
        send(201);
        assertThat(budget.closed()).contains(Duration.ofSeconds(60));

        clock.advance(Duration.ofSeconds(60));

        assertThat(budget.closed()).isEmpty();
        assertThat(budget.pause()).isZero();
    }

    @Test
    void whatOthersSendOnTheSameTokenCountsAsWell() {
        budget.learn(5_000, null);
        clock.advance(Duration.ofSeconds(5));
        send(1);
        budget.learn(4_799, null);
        assertThat(budget.closed()).isPresent();

        clock.advance(Duration.ofSeconds(60));

        assertThat(budget.closed()).isEmpty();
    }

    @Test
    void whatOthersSentLongAgoDoesNot() {
        budget.learn(5_000, null);
        clock.advance(Duration.ofMinutes(10));
        send(1);
        budget.learn(4_500, null);

        assertThat(budget.closed()).isEmpty();
    }

    @Test
    void ourOwnRequestsAreNotCountedOnceMoreWhenTheAnswersTellOfThem() {
        budget.learn(5_000, null);
        send(10);
        budget.learn(4_995, null);
        budget.learn(4_990, null);
        send(190);

        assertThat(budget.closed()).isEmpty();
    }

    @Test
    void answersThatOvertakeEachOtherAreNoRequestsOfOthers() {
        budget.learn(5_000, null);
        for (int left = 4_998; left >= 4_800; left -= 2) {
            send(2);
            budget.learn(left, null);
            budget.learn(left + 1, null);
        }

        assertThat(budget.closed()).isEmpty();
    }

    @Test
    void whatOthersSendIsSeenAfterTheHoursCountHasRisenSinceOldRequestsWereForgotten() {
        budget.learn(1_000, null);
        clock.advance(Duration.ofSeconds(10));
        budget.learn(1_500, null);
        send(1);
        budget.learn(1_299, null);

        assertThat(budget.closed()).isPresent();
    }

    @Test
    void theWaitEndsWhenTheOldestRequestsAreAMinuteOld() {
        send(10);
        clock.advance(Duration.ofSeconds(20));
        send(195);

        assertThat(budget.closed()).contains(Duration.ofSeconds(40));
    }

    private void send(int requests) {
        for (int number = 0; number < requests; number++) {
            budget.taken();
        }
    }
}
