package dev.sluice.activities.membership;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What is the matter with a member, and how many health checks it got. */
final class MemberSwitch {
    final AtomicInteger healthChecks = new AtomicInteger();
    volatile boolean dripping;
    private boolean hanging;

    synchronized void hang(boolean hangs) {
        hanging = hangs;
        notifyAll();
    }

    synchronized void awaitRelease() {
        while (hanging) {
            try {
                wait();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    void write(OutputStream to, byte[] body) throws IOException {
        for (byte one : body) {
            if (dripping) {
                LockSupport.parkNanos(1_000_000_000L);
            }
            to.write(one);
            if (dripping) {
                to.flush();
            }
        }
    }
}
