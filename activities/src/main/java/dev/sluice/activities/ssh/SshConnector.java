package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import dev.sluice.activities.conversation.Conversation;
import dev.sluice.workflows.model.node.Node;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections that accept exactly the trusted host keys.
 *
 * @param connect limit for the connection and for opening a channel, for a frozen node
 */
record SshConnector(
        String privateKey,
        HostCertificateAuthority authority,
        FirstContactKey contact,
        HostKeyTrust trust,
        int port,
        Duration connect) {
    private static final int KEEP_ALIVE_MILLIS = 2000;
    private static final int KEEP_ALIVES = 2;

    /** Of key exchange and login; an OpenSSH server sends some 4 KiB, its banner included. */
    private static final long MOST_BYTES = 256 * 1024;

    /** Connects as root within the connect limit and before the deadline, whichever is sooner. */
    SharedConnection connect(Node node, long deadline) throws JSchException {
        JSch jsch = new JSch();
        jsch.addIdentity("worker", privateKey.getBytes(StandardCharsets.UTF_8), null, null);
        trust.addKnownHosts(jsch, node, authority, contact);
        Session session = jsch.getSession("root", node.privateAddress().value(), port);
        trust.demand(session, node);
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("kex", "curve25519-sha256,curve25519-sha256@libssh.org");
        session.setServerAliveInterval(KEEP_ALIVE_MILLIS);
        session.setServerAliveCountMax(KEEP_ALIVES);
        // JSch's threads would keep the JVM alive, even those of a connection that is never closed.
        session.setDaemonThread(true);
        // Whoever answers there has proven nothing before the login: no byte of it may hold the worker longer.
        Conversation login = Conversation.within(loginLimit(deadline), MOST_BYTES);
        ConversationSockets sockets = new ConversationSockets(login, connect);
        session.setSocketFactory(sockets);
        try {
            session.connect(millis(deadline));
            login.release();
        } catch (JSchException failed) {
            login.close();
            session.disconnect();
            throw login.isOver() ? tooSlow(failed) : failed;
        } catch (IOException late) {
            session.disconnect();
            throw tooSlow(late);
        }
        return new SharedConnection(session, sockets);
    }

    private JSchException tooSlow(Exception cause) {
        return new JSchException("it did not complete the login in time", cause);
    }

    /** Of connection, key exchange and login together: longer than of each, since a busy machine is slow in each. */
    private Duration loginLimit(long deadline) {
        Duration whole = connect.multipliedBy(2);
        Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        return left.compareTo(whole) < 0 ? left : whole;
    }

    /** The one socket of a session; its connection, key exchange and login are one conversation. */
    private static final class ConversationSockets implements SocketFactory, Closeable {
        private final Conversation login;
        private final Duration connect;
        private volatile @Nullable Socket socket;

        ConversationSockets(Conversation login, Duration connect) {
            this.login = login;
            this.connect = connect;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            Socket made = login.connect(host, port, connect);
            socket = made;
            return made;
        }

        @Override
        public InputStream getInputStream(Socket made) throws IOException {
            return login.bounded(made.getInputStream());
        }

        @Override
        public OutputStream getOutputStream(Socket made) throws IOException {
            return made.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            Socket open = socket;
            if (open != null) {
                open.close();
            }
        }
    }

    /** The rest of the connect limit before the deadline, at least a millisecond, since JSch reads 0 as no limit. */
    int millis(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return (int) Math.max(1, Math.min(left, connect.toMillis()));
    }
}
