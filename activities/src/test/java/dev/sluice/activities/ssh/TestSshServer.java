package dev.sluice.activities.ssh;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server in the test's own process that stands for a node; it runs commands with the machine's shell. */
final class TestSshServer implements AutoCloseable {
    static final Ed25519Key WORKER = Ed25519Key.ofSeed(seed(1));
    static final Ed25519Key AUTHORITY = Ed25519Key.ofSeed(seed(2));
    static final Ed25519Key OWN = Ed25519Key.ofSeed(seed(3));
    static final FirstContactKey CONTACT = new FirstContactKey(seed(4));
    static final String NAME = "hello-app-1";

    final List<String> journal = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final SshServer server = SshServer.setUpDefaultServer();

    /** Shows the private key's host key, with a certificate if there is one. */
    TestSshServer(String privateKey, String certificate) throws IOException, GeneralSecurityException {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(pair(privateKey)));
        if (!certificate.isEmpty()) {
            OpenSshCertificate parsed = (OpenSshCertificate)
                    PublicKeyEntry.parsePublicKeyEntry(certificate).resolvePublicKey(null, Map.of(), null);
            server.setHostKeyCertificateProvider(session -> List.of(parsed));
        }
        server.setPublickeyAuthenticator(
                (user, key, session) -> PublicKeyEntry.toString(key).equals(WORKER.publicText()));
        server.setCommandFactory(this::command);
        server.start();
    }

    static TestSshServer sealed() throws IOException, GeneralSecurityException {
        return new TestSshServer(OWN.privateText(), authority().sign(new NodeName(NAME), OWN.publicText()));
    }

    static HostCertificateAuthority authority() {
        return new HostCertificateAuthority(AUTHORITY.privateText(), Clock.systemUTC());
    }

    private Command command(ChannelSession channel, String line) throws IOException {
        journal.add(line);
        // What a login has around it on a golden image: PAM reads /etc/environment, root has a .bashrc.
        channel.getEnvironment().set("http_proxy", "http://10.77.0.1:3128");
        channel.getEnvironment().set("TMPDIR", "/nowhere");
        channel.getEnvironment().set("LC_ALL", "tr_TR.UTF-8");
        channel.getEnvironment().set("POSIXLY_CORRECT", "1");
        if (line.endsWith("unconfirmed")) {
            awaitStop();
        }
        if (line.endsWith("hang-up")) {
            server.getActiveSessions().forEach(session -> session.close(true));
        }
        return ProcessShellCommandFactory.INSTANCE.createCommand(channel, line.endsWith("hang-up") ? "true" : line);
    }

    /** sshd has the command and does not confirm it, as on a machine that stands still. */
    private void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on sshd grants at most so many sessions at once on one connection. */
    void limitSessions(int most) {
        server.setChannelFactories(List.of(new LimitedSessions(most)));
    }

    private static final class LimitedSessions extends ChannelSessionFactory {
        private final int most;
        private final Map<Session, AtomicInteger> open = new ConcurrentHashMap<>();

        LimitedSessions(int most) {
            this.most = most;
        }

        @Override
        public Channel createChannel(Session session) {
            AtomicInteger count = open.computeIfAbsent(session, missing -> new AtomicInteger());
            return new ChannelSession() {
                @Override
                public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
                    if (count.incrementAndGet() <= most) {
                        addCloseFutureListener(closed -> count.decrementAndGet());
                        return super.open(recipient, window, packet, buffer);
                    }
                    count.decrementAndGet();
                    OpenFuture refused = new DefaultOpenFuture(this, this);
                    refused.setException(new SshChannelOpenException(recipient, 2, "no more sessions"));
                    return refused;
                }
            };
        }
    }

    int port() {
        return server.getPort();
    }

    void dropConnections() {
        server.getActiveSessions().forEach(session -> session.close(true).awaitUninterruptibly());
    }

    static Node node(String name) {
        NodeRef ref = new NodeRef(new ClusterName("hello"), Role.APP, new NodeName(name), "run");
        return new Node(ref, new DropletId(1), new Ipv4Address("127.0.0.1"), new Ipv4Address("127.0.0.1"));
    }

    static byte[] seed(int value) {
        byte[] seed = new byte[32];
        seed[0] = (byte) value;
        return seed;
    }

    private static KeyPair pair(String privateKey) throws IOException, GeneralSecurityException {
        byte[] text = privateKey.getBytes(StandardCharsets.UTF_8);
        return SecurityUtils.loadKeyPairIdentities(
                        null,
                        NamedResource.ofName("host key"),
                        new ByteArrayInputStream(text),
                        FilePasswordProvider.EMPTY)
                .iterator()
                .next();
    }

    @Override
    public void close() throws IOException {
        stopped.countDown();
        server.stop(true);
    }
}
