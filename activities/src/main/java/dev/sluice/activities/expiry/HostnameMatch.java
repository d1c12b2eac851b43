package dev.sluice.activities.expiry;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Matches host names with the subject alternative names of a certificate (RFC 6125, as clients do). */
final class HostnameMatch {
    private static final int DNS_NAME = 2;

    private HostnameMatch() {}

    /** The DNS names of the certificate; may be empty. */
    static List<String> names(X509Certificate certificate) {
        Collection<List<?>> all = alternatives(certificate);
        if (all == null) {
            return List.of();
        }
        return all.stream()
                .filter(entry -> entry.get(0).equals(DNS_NAME))
                .map(entry -> String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static @Nullable Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException broken) {
            return null;
        }
    }

    static boolean covers(List<String> names, String host) {
        return names.stream().anyMatch(name -> covers(name, host.toLowerCase(Locale.ROOT)));
    }

    /** An asterisk matches exactly the first label. */
    private static boolean covers(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(name.substring(1));
    }
}
