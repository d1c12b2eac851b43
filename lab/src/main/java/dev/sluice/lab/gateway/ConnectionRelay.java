package dev.sluice.lab.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Accepts connections at one address, TCP or Unix, and relays their bytes to the other end that its dialer connects. */
public final class ConnectionRelay implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int BUFFER = 32 * 1024;
    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(null, work, "lab-relay", 256 * 1024);
        thread.setDaemon(true);
        return thread;
    });

    private final ServerSocketChannel listener;
    private final ConnectionDialer dialer;

    /** Listens at once; {@link #close} ends it, open connections continue. */
    public ConnectionRelay(SocketAddress address, ConnectionDialer dialer) throws IOException {
        this.dialer = dialer;
        this.listener = listen(address);
        Thread acceptor = new Thread(this::accept, "lab-relay-" + address);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Connects, with Nagle's delay off. */
    static SocketChannel connect(SocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        disableNagle(channel);
        return channel;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private static ServerSocketChannel listen(SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress unix) {
            Path file = unix.getPath();
            Files.deleteIfExists(file);
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address, BACKLOG);
        }
        return ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(address, BACKLOG);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                THREADS.execute(() -> carry(client));
            } catch (ClosedChannelException failure) {
                return;
            } catch (IOException failure) {
                // File descriptors may be exhausted: open connections need time to end.
                Thread.onSpinWait();
            }
        }
    }

    private void carry(SocketChannel client) {
        try (client) {
            disableNagle(client);
            try (SocketChannel server = dialer.dial(client)) {
                Future<?> back = THREADS.submit(() -> pump(server, client));
                pump(client, server);
                back.get();
            }
        } catch (IOException | ExecutionException failure) {
            // The client sees a closed connection: a relay has no other way to report it.
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = BUFFERS.get();
        try {
            buffer.clear();
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput(); // half a close: the other direction goes on
        } catch (IOException failure) {
            abandon(from);
            abandon(to);
        }
    }

    private static void abandon(SocketChannel channel) {
        try {
            if (channel.getLocalAddress() instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } // a reset is passed on as a reset
            channel.close();
        } catch (IOException failure) {
            // It is closed already.
            return;
        }
    }

    private static void disableNagle(SocketChannel channel) throws IOException {
        if (channel.getRemoteAddress() instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }
}
