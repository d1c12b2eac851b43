package dev.sluice.activities.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several workers share one token, all of them with more to ask than it grants; played on a clock that only events move. */
class SharedTokenTest {
    private static final int MINUTES = 6;
    private static final int GRANTED = 250;
    private static final int CONNECTIONS = 16;

    @ParameterizedTest(name = "{0} workers, up to {1} ms each way, seed {2}")
    @CsvSource({
        "1, 100, 1",
        "1, 800, 2",
        "2, 400, 3",
        "3, 100, 4",
        "3, 800, 5",
        "3, 800, 6",
        "3, 1500, 7",
        "5, 400, 8",
        "5, 800, 9"
    })
    void workersWithOneTokenAvoidRefusalsAndUseMostOfIt(int workers, int slowest, long seed) {
        Play play = new Play(workers, slowest, seed);

        play.go();

        assertThat(play.refused).isZero();
        assertThat(play.served).isGreaterThan(GRANTED * MINUTES * 3 / 4);
    }

    /** One go: what happens when, in the order of time. */
    private static final class Play {
        private record Event(Instant at, long number, Runnable what) {}

        private final MovingClock clock = new MovingClock();
        private final Instant end = clock.instant().plus(Duration.ofMinutes(MINUTES));
        private final PriorityQueue<Event> events =
                new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
        private final Deque<Instant> lastMinute = new ArrayDeque<>();
        private final Random random;
        private final int slowest;
        private long number;
        private int leftOfHour = 5_000;
        private int served;
        private int refused;

        Play(int workers, int slowest, long seed) {
            this.random = new Random(seed);
            this.slowest = slowest;
            for (int worker = 0; worker < workers; worker++) {
                RateLimiter budget = new RateLimiter(clock);
                Deque<Runnable> waiting = new ArrayDeque<>();
                int[] free = {CONNECTIONS};
                for (int step = 0; step < 25; step++) {
                    after(random.nextInt(3_000), () -> ask(budget, waiting, free));
                }
            }
        }

        void go() {
            while (!events.isEmpty() && events.peek().at().isBefore(end)) {
                Event next = events.remove();
                clock.advance(Duration.between(clock.instant(), next.at()));
                next.what().run();
            }
        }

        private void after(long millis, Runnable what) {
            events.add(new Event(clock.instant().plusMillis(millis), number++, what));
        }

        /** A step's request: at its turn, if the worker has a connection for it. */
        private void ask(RateLimiter budget, Deque<Runnable> waiting, int[] free) {
            Duration turn = budget.turn();
            if (turn.compareTo(Duration.ofSeconds(1)) > 0) {
                later(turn, budget, waiting, free);
                return;
            }
            after(turn.toMillis(), () -> {
                Optional<Duration> closed = budget.letThrough();
                if (closed.isPresent()) {
                    later(closed.get(), budget, waiting, free);
                    return;
                }
                waiting.add(() -> send(budget, waiting, free));
                next(waiting, free);
            });
        }

        private void later(Duration wait, RateLimiter budget, Deque<Runnable> waiting, int[] free) {
            after(wait.toMillis() + random.nextInt(1_000), () -> ask(budget, waiting, free));
        }

        private static void next(Deque<Runnable> waiting, int[] free) {
            if (free[0] > 0 && !waiting.isEmpty()) {
                free[0]--;
                waiting.remove().run();
            }
        }

        private void send(RateLimiter budget, Deque<Runnable> waiting, int[] free) {
            after(random.nextInt(slowest), () -> {
                Optional<Duration> wait = answer();
                int left = wait.isPresent() ? 0 : leftOfHour;
                after(random.nextInt(slowest), () -> {
                    budget.learn(left, wait.orElse(null));
                    free[0]++;
                    next(waiting, free);
                    after(
                            wait.map(Duration::toMillis).orElse(0L) + random.nextInt(1_000),
                            () -> ask(budget, waiting, free));
                });
            });
        }

        /** DigitalOcean's: how long to wait, or empty for a request that is served. */
        private Optional<Duration> answer() {
            Instant now = clock.instant();
            while (!lastMinute.isEmpty()
                    && !lastMinute.getFirst().plusSeconds(60).isAfter(now)) {
                lastMinute.removeFirst();
            }
            if (lastMinute.size() >= GRANTED) {
                refused++;
                return Optional.of(Duration.between(now, lastMinute.getFirst().plusSeconds(60)));
            }
            lastMinute.addLast(now);
            leftOfHour--;
            served++;
            return Optional.empty();
        }
    }
}
