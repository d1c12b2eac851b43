package dev.sluice.worker;

import io.temporal.worker.WorkerFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the worker last and stops it first: on SIGTERM it accepts no new task, and running activities have 25 s to
 * finish. Spring alone would interrupt them.
 */
final class WorkerLifecycle implements SmartLifecycle {
    static final int SECONDS = 25;

    private final WorkerFactory factory;
    private volatile boolean running;

    WorkerLifecycle(WorkerFactory factory) {
        this.factory = factory;
    }

    @Override
    public void start() {
        factory.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        factory.shutdown();
        factory.awaitTermination(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
