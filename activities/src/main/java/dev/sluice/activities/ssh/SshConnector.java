package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.sluice.workflows.model.node.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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

    /** Connects as root within the connect limit and before the deadline, whichever is sooner. */
    Session connect(Node node, long deadline) throws JSchException {
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
        try {
            session.connect(millis(deadline));
        } catch (JSchException failed) {
            session.disconnect();
            throw failed;
        }
        return session;
    }

    /** The rest of the connect limit before the deadline, at least a millisecond, since JSch reads 0 as no limit. */
    int millis(long deadline) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return (int) Math.max(1, Math.min(left, connect.toMillis()));
    }
}
