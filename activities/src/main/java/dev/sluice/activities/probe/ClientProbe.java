package dev.sluice.activities.probe;

import dev.sluice.activities.conversation.Conversation;
import dev.sluice.activities.probe.ClientProbeResult.ProbeAnswer;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Ipv4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sends one request to one address of the service, as a client does: TLS with the service's name, then GET. */
public final class ClientProbe {
    private static final int MOST_LINES = 200;
    /** Of the lines before the body; Apache sends at most 8 KiB each. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})\\b.*");
    private static final String MEMBER = "x-sluice-member:";

    private final Duration limit;

    /** The limit holds for the whole exchange. */
    public ClientProbe(Duration limit) {
        this.limit = limit;
    }

    public ClientProbeResult probe(Ipv4Address address, int port, String host) {
        return probe(address, port, host, "/");
    }

    /** Never fails: no answer is a result as well. */
    public ClientProbeResult probe(Ipv4Address address, int port, String host, String path) {
        try (Conversation conversation = Conversation.within(limit, MOST_BYTES)) {
            try (Socket plain = conversation.connect(address.value(), port);
                    SSLSocket socket = (SSLSocket)
                            TrustAllCertificates.context().getSocketFactory().createSocket(plain, host, port, true)) {
                return ClientProbeResult.answered(address, ask(conversation, socket, host, path));
            } catch (IOException silent) {
                return ClientProbeResult.silent(
                        address, String.valueOf(conversation.reason(silent).getMessage()));
            }
        }
    }

    private static ProbeAnswer ask(Conversation conversation, SSLSocket socket, String host, String path)
            throws IOException {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        Certificate shown = socket.getSession().getPeerCertificates()[0];
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: sluice\r\nConnection: close\r\n\r\n"
                        .formatted(path, host)
                        .getBytes(StandardCharsets.US_ASCII));
        List<String> head = head(conversation.bounded(socket.getInputStream()));
        if (!(shown instanceof X509Certificate certificate)) {
            throw new IOException("its certificate is not X.509");
        }
        return new ProbeAnswer(
                status(head),
                fingerprint(certificate),
                certificate.getNotAfter().toInstant(),
                member(head));
    }

    /** The lines before the body. */
    private static List<String> head(InputStream from) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.ISO_8859_1));
        List<String> head = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !line.isEmpty() && head.size() < MOST_LINES) {
            head.add(line);
            line = lines.readLine();
        }
        return head;
    }

    private static int status(List<String> head) throws IOException {
        Matcher status = STATUS.matcher(head.isEmpty() ? "" : head.get(0));
        if (!status.matches()) {
            throw new IOException("its answer is not HTTP");
        }
        return Integer.parseInt(status.group(1));
    }

    private static String member(List<String> head) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(MEMBER))
                .map(line -> line.substring(MEMBER.length()).strip())
                .findFirst()
                .orElse("");
    }

    private static String fingerprint(X509Certificate certificate) throws IOException {
        try {
            return Sha256Digest.of(certificate.getEncoded()).value();
        } catch (CertificateEncodingException impossible) {
            throw new IOException(impossible);
        }
    }
}
