package dev.sluice.activities.expiry;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts every handshake and records its certificates: an objection is a finding, not a failure. */
final class RecordingTrustManager extends X509ExtendedTrustManager {
    private final TrustedAuthorities trust;
    private Optional<PresentedChain> shown = Optional.empty();

    RecordingTrustManager(TrustedAuthorities trust) {
        this.trust = trust;
    }

    /**
     * The certificates of a server in the order sent, its own first.
     *
     * @param signed those whose signatures matter: below the first certificate with a trusted key
     */
    record PresentedChain(
            List<X509Certificate> chain, List<X509Certificate> signed, Optional<CertificateException> objection) {
        X509Certificate own() {
            return chain.get(0);
        }
    }

    Optional<PresentedChain> shown() {
        return shown;
    }

    private void collect(X509Certificate[] chain, String kind) {
        shown = Optional.of(new PresentedChain(
                List.of(chain),
                Arrays.stream(chain).takeWhile(one -> !trust.holds(one)).toList(),
                trust.objection(chain, kind)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        collect(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
        collect(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        collect(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("Only servers are checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        checkClientTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
