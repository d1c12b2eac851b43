package dev.sluice.activities.membership;

import dev.sluice.activities.conversation.Conversation;
import dev.sluice.activities.probe.TrustAllCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks whether balancer-manager answers from outside: requests it by the host name 127.0.0.1, as an attacker would.
 * Accepts any certificate, since the request holds no secret.
 */
final class ManagerExposure {
    private static final Duration LIMIT = Duration.ofMillis(1_500);
    private static final int READ = 16_384;
    private static final String REQUEST =
            "GET /-/balancer-manager HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

    private ManagerExposure() {}

    /** Returns the URLs that answer, such as {@code https://10.77.0.2:443}; requests all in parallel. */
    static List<String> findExposed(List<String> hosts, int clients, int admin) {
        List<ManagerAddress> places = hosts.stream()
                .flatMap(host -> Stream.of(
                        new ManagerAddress("http", host, admin),
                        new ManagerAddress("http", host, clients),
                        new ManagerAddress("https", host, clients)))
                .toList();
        return ClusterProxies.inParallel(places, place -> answers(place) ? place.toString() : "").stream()
                .filter(place -> !place.isEmpty())
                .toList();
    }

    private static boolean answers(ManagerAddress place) {
        try (Conversation conversation = Conversation.within(LIMIT, Long.MAX_VALUE);
                Socket plain = conversation.connect(place.host(), place.port());
                Socket socket = place.scheme().equals("https") ? secured(plain, place) : plain) {
            return isManager(answer(socket));
        } catch (IOException refused) {
            // No server answers there, or not with HTTP, as expected.
            return false;
        }
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(READ), StandardCharsets.ISO_8859_1);
    }

    private static boolean isManager(String answer) {
        return answer.matches("(?s)HTTP/1\\.[01] 200 .*") && answer.contains("Load Balancer Manager");
    }

    private static Socket secured(Socket plain, ManagerAddress place) throws IOException {
        return TrustAllCertificates.context().getSocketFactory().createSocket(plain, place.host(), place.port(), true);
    }

    /** An address to request. */
    private record ManagerAddress(String scheme, String host, int port) {
        @Override
        public String toString() {
            return "%s://%s:%d".formatted(scheme, host, port);
        }
    }
}
