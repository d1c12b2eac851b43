package dev.sluice.lab.api;

import dev.sluice.lab.namespaces.TestHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What the API promises about machines, kept with real ones and in real time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NamespaceLabApiIT implements ActionContract, ImageContract {
    private TestHub hub;

    @BeforeAll
    void open() throws IOException {
        hub = new TestHub("api");
    }

    @AfterAll
    void close() throws IOException {
        hub.close();
    }

    @Override
    public void in(LabSettings settings, Consumer<TestLab> test) {
        try {
            ActionContract.super.in(settings, test);
        } finally {
            empty();
        }
    }

    @Override
    public TestLab open(LabSettings settings) {
        return new TestLab(hub.machines, Clock.systemUTC(), settings, NamespaceLabApiIT::wait);
    }

    private void empty() {
        try {
            hub.machines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void wait(Duration time) {
        try {
            if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS))
                throw new IllegalStateException("nobody counts it down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
