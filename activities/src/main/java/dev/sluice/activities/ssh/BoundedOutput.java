package dev.sluice.activities.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Collects the output of a command up to a limit, without characters that control a terminal, and signals its end. */
final class BoundedOutput extends OutputStream {
    private static final int LIMIT = 1 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, Math.min(length, LIMIT - kept.size()));
    }

    @Override
    public void close() {
        closed.countDown();
    }

    boolean awaitClosed(long nanos) throws InterruptedException {
        return closed.await(nanos, TimeUnit.NANOSECONDS);
    }

    synchronized String text() {
        return RemoteText.clean(kept.toString(StandardCharsets.UTF_8));
    }
}
