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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Accepts connections at one address, TCP or Unix, and passes their bytes to wherever its dialer leads. */
public final class ConnectionRelay implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int BUFFER = 32 * 1024;
    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(null, work, "lab-relay", 256 * 1024);
        thread.setDaemon(true);
        return thread;
    });

    private final ServerSocketChannel listener;
    private final ConnectionDialer dialer;

    /** Listens at once; {@link #close} ends it, connections that are open go on. */
    public ConnectionRelay(SocketAddress address, ConnectionDialer dialer) throws IOException {
        this.dialer = dialer;
        this.listener = listen(address);
        var acceptor = new Thread(this::accept, "lab-relay-" + address);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Connects, with Nagle's delay off. */
    static SocketChannel connect(SocketAddress address) throws IOException {
        var channel = SocketChannel.open(address);
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
                var client = listener.accept();
                THREADS.execute(() -> carry(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of file descriptors, for one: give those that are open time to end.
                Thread.onSpinWait();
            }
        }
    }

    private void carry(SocketChannel client) {
        try (client) {
            disableNagle(client);
            try (var server = dialer.dial(client)) {
                var back = THREADS.submit(() -> pump(server, client));
                pump(client, server);
                back.get();
            }
        } catch (IOException | java.util.concurrent.ExecutionException e) {
            // The client sees its connection closed: all that a border can tell.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        var buffer = BUFFERS.get();
        try {
            buffer.clear();
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) to.write(buffer);
                buffer.clear();
            }
            to.shutdownOutput(); // half a close: the other direction goes on
        } catch (IOException e) {
            abandon(from);
            abandon(to);
        }
    }

    private static void abandon(SocketChannel channel) {
        try {
            if (channel.getLocalAddress() instanceof InetSocketAddress)
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset is passed on as a reset
            channel.close();
        } catch (IOException e) {
            // It is closed already: that was the aim.
            return;
        }
    }

    private static void disableNagle(SocketChannel channel) throws IOException {
        if (channel.getRemoteAddress() instanceof InetSocketAddress)
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
}
