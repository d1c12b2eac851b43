package dev.sluice.workflows.walk;

import dev.sluice.workflows.fake.Benches;
import dev.sluice.workflows.fake.Benches.Hand;

/** Walks seeds side by side; one that fails prints itself: its plan, and all that was called. */
final class Walks implements AutoCloseable {
    private final Benches benches = new Benches();

    /** Every other walk's worker is replaced at each task. */
    void walk(long seed) throws InterruptedException {
        benches.with(seed % 2 == 0 ? Hand.STAYS : Hand.IS_REPLACED, bench -> {
            Walk walk = new Walk(WalkPlan.of(seed), bench);
            try {
                walk.go();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("%s%n%s".formatted(failed.getMessage(), walk.told()), failed);
            }
        });
    }

    @Override
    public void close() {
        benches.close();
    }
}
