package dev.sluice.lab.cloud;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.namespaces.TestNamespaceHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contracts of the API with real machines in real time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NamespaceLabApiIT
        implements DropletContract,
                DropletActionContract,
                ImageContract,
                FirewallContract,
                ReservedIpContract,
                RebuildAndResizeContract,
                DestroyWithResourcesContract,
                MetricContract,
                VisibilityDelaysContract {
    private TestNamespaceHub hub;

    @BeforeAll
    void open() throws IOException {
        hub = new TestNamespaceHub("api");
    }

    @AfterAll
    void close() throws IOException {
        hub.close();
    }

    @Override
    public void in(LabSettings settings, Consumer<TestLab> test) {
        try {
            DropletContract.super.in(settings, test);
        } finally {
            empty();
        }
    }

    @Override
    public TestLab open(LabSettings settings) {
        return new TestLab(
                new LabCloud(hub.machines, Clock.systemUTC(), settings), NamespaceLabApiIT::wait, this::connects);
    }

    // An allowed connection succeeds as soon as sshd is up; a forbidden one never does. The time limit leaves room for
    // a
    // lost packet, which is sent again after a second.
    private boolean connects(long from, String address, int port) throws IOException {
        String connect = "exec 3<>/dev/tcp/%s/%d".formatted(address, port);
        for (int tries = 0; tries < 100; tries++) {
            int code = hub.machines
                    .runInside(from, List.of("timeout", "3", "bash", "-c", connect))
                    .code();
            if (code == 0 || code == 124) {
                return code == 0;
            }
        }
        return false;
    }

    private void empty() {
        try {
            hub.machines.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void wait(Duration time) {
        try {
            if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
