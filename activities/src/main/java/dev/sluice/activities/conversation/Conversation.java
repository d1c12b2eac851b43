package dev.sluice.activities.conversation;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One exchange with a peer: a deadline for all of it and the most bytes that are read. A socket's own time limit starts again
 * with each byte, so a peer that sends one at a time never meets it; here a timer closes the socket at the deadline.
 */
public final class Conversation implements AutoCloseable {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "conversation-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration limit;
    private final long mostBytes;
    private final long deadline;
    private final AtomicLong read = new AtomicLong();
    private final Queue<Closeable> parts = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> alarm;
    private volatile boolean over;
    private volatile boolean released;

    private Conversation(Duration limit, long mostBytes) {
        this.limit = limit;
        this.mostBytes = mostBytes;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.alarm = TIMER.schedule(this::end, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins; the deadline counts from now. */
    public static Conversation within(Duration limit, long mostBytes) {
        return new Conversation(limit, mostBytes);
    }

    /** Connects a socket, which the deadline closes. Fails with {@link ConnectTimeoutException} if nobody accepts it in time. */
    public Socket connect(String host, int port) throws IOException {
        return connect(host, port, limit);
    }

    /** The same with a shorter limit for the connection. */
    public Socket connect(String host, int port, Duration accepted) throws IOException {
        Socket socket = watch(new Socket());
        long left = Math.min(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()), accepted.toMillis());
        try {
            socket.connect(new InetSocketAddress(host, port), (int) Math.max(1, left));
        } catch (SocketTimeoutException late) {
            throw new ConnectTimeoutException(Math.max(1, left), late);
        }
        socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
        return socket;
    }

    /** Closes that part at the deadline, too; at once if it has passed. */
    public <C extends Closeable> C watch(C part) {
        parts.add(part);
        if (over) {
            close(part);
        }
        return part;
    }

    /** The same bytes; fails once more than the conversation's most were read. */
    public InputStream bounded(InputStream in) {
        return new BoundedInput(in);
    }

    /** Whether the deadline ended it. */
    public boolean isOver() {
        return over;
    }

    /** Returns the failure, or the deadline as the reason if that caused it. */
    public IOException reason(IOException failure) {
        return over ? new DeadlineException(limit, failure) : failure;
    }

    /** Ends deadline and limit and leaves the parts open. Fails if the deadline has closed them. */
    public void release() throws IOException {
        cancel();
        if (over) {
            throw new DeadlineException(limit, null);
        }
    }

    /** The same, whether or not the deadline has passed. */
    public void cancel() {
        released = true;
        alarm.cancel(false);
        parts.clear();
    }

    /** Ends it and closes its parts. */
    @Override
    public void close() {
        alarm.cancel(false);
        parts.forEach(Conversation::close);
    }

    private void end() {
        over = true;
        parts.forEach(Conversation::close);
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException alreadyGone) {
            // It is closed; the other parts and the other conversations go on.
        }
    }

    /** Nobody accepted the connection in time. */
    public static final class ConnectTimeoutException extends IOException {
        private static final long serialVersionUID = 1;

        ConnectTimeoutException(long millis, IOException cause) {
            super("does not accept the connection within %d ms".formatted(millis), cause);
        }
    }

    /** The peer did not end the exchange in time. */
    public static final class DeadlineException extends IOException {
        private static final long serialVersionUID = 1;

        DeadlineException(Duration limit, @org.jspecify.annotations.Nullable IOException cause) {
            super("did not complete its answer within %d ms".formatted(limit.toMillis()), cause);
        }
    }

    private final class BoundedInput extends FilterInputStream {
        BoundedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            return counted(one, one < 0 ? 0 : 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            return counted(count, Math.max(0, count));
        }

        private int counted(int result, int bytes) throws IOException {
            if (!released && read.addAndGet(bytes) > mostBytes) {
                throw new IOException("sends more than %d KiB".formatted(mostBytes / 1024));
            }
            return result;
        }
    }
}
