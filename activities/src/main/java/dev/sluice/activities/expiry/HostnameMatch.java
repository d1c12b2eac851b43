package dev.sluice.activities.expiry;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a certificate is for a name, by its subject alternative names alone (RFC 6125, as clients do today). */
final class HostnameMatch {
    private static final int DNS_NAME = 2;

    private HostnameMatch() {}

    /** The names that it is for; may be none. */
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

    /** An asterisk stands for the whole first label and for nothing else. */
    private static boolean covers(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(name.substring(1));
    }
}
