package dev.sluice.activities.expiry;

import dev.sluice.activities.expiry.TestCertificateAuthority.IssuedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A real TLS server on loopback that shows another certificate under each name. */
final class TestTlsServer implements AutoCloseable {
    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TestTlsServer(Map<String, IssuedCertificate> certificates) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new ByName(certificates)}, null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 300, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket connection = (SSLSocket) server.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(SSLSocket connection) {
        try (connection) {
            connection.startHandshake();
            int read = connection.getInputStream().read();
            assert read <= 0 : "a look sends nothing";
        } catch (IOException refused) {
            // The client's end of it is what is tested.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /** The alias is the name that the client asks for. */
    private static final class ByName extends X509ExtendedKeyManager {
        private final Map<String, IssuedCertificate> certificates;

        ByName(Map<String, IssuedCertificate> certificates) {
            this.certificates = certificates;
        }

        @Override
        public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, Socket socket) {
            List<SNIServerName> asked =
                    ((ExtendedSSLSession) ((SSLSocket) socket).getHandshakeSession()).getRequestedServerNames();
            String name = asked.isEmpty() ? "" : ((SNIHostName) asked.get(0)).getAsciiName();
            return kind.equals("EC") && certificates.containsKey(name) ? name : null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            IssuedCertificate issued = certificates.get(alias);
            return issued == null ? null : issued.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            IssuedCertificate issued = certificates.get(alias);
            return issued == null ? null : issued.key();
        }

        @Override
        public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }
}
