package dev.sluice.activities.expiry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The trusted authorities: the system's and those of the cluster file. */
final class TrustedAuthorities {
    private final List<X509TrustManager> managers;

    private TrustedAuthorities(List<X509TrustManager> managers) {
        this.managers = managers;
    }

    /** Adds certificates in PEM to the system's; throws CertificateException if they are invalid. */
    static TrustedAuthorities of(String pem) throws GeneralSecurityException, IOException {
        List<X509TrustManager> managers = new ArrayList<>(List.of(manager(null)));
        if (!pem.isBlank()) {
            managers.add(manager(store(pem)));
        }
        return new TrustedAuthorities(managers);
    }

    private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + count++, certificate);
        }
        return store;
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new CertificateException("This Java has no trust manager for X.509");
    }

    /** Whether the certificate belongs to a trusted authority, by its name and key. */
    boolean holds(X509Certificate certificate) {
        return managers.stream()
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .anyMatch(authority -> authority.getSubjectX500Principal().equals(certificate.getSubjectX500Principal())
                        && authority.getPublicKey().equals(certificate.getPublicKey()));
    }

    /** The reason why no trust manager accepts the chain; empty if one does. The last manager's reason counts. */
    Optional<CertificateException> objection(X509Certificate[] chain, String kind) {
        CertificateException last = null;
        for (X509TrustManager manager : managers) {
            try {
                manager.checkServerTrusted(chain, kind);
                return Optional.empty();
            } catch (CertificateException objection) {
                last = objection;
            }
        }
        return Optional.ofNullable(last);
    }
}
