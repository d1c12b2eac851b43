package dev.sluice.activities.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.ExpiryActivities.CertificateOrder;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that is slow costs its own limit and nobody else's, at production's limits. */
class SlowServersTest {
    private final TestCertificateAuthority root = TestCertificateAuthority.root("test root");

    private List<ExpiryFinding> looked(ExpiryLimits limits, List<WatchedName> names) {
        return new NetworkExpiryActivities(
                        (name, zone, nameServer) -> List.of("127.0.0.1"),
                        limits,
                        ActivityHeartbeat::startUntilClosed,
                        Clock.systemUTC())
                .certificates(new CertificateOrder(names, List.of(), "test", Optional.empty(), root.pem()));
    }

    private static WatchedName name(String name, int port) {
        return new WatchedName(name, port, false, new DayLimits(30, 7), "certbot renew");
    }

    /** A listener whose queue is full drops what would open one more connection, as a firewall does. */
    @Test
    void serverThatDropsPacketsCostsOnlyTheConnectLimit() throws IOException {
        ExpiryLimits limits = new ExpiryLimits(Duration.ofMillis(700), Duration.ofSeconds(10), 16);
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            while (takes(full, waiting)) {
                assertThat(waiting).hasSizeLessThan(20);
            }

            long begin = System.nanoTime();
            ExpiryFinding one = looked(limits, List.of(name("good.test", full.getLocalPort())))
                    .get(0);

            assertThat(one.status() + " " + one.says())
                    .isEqualTo("UNKNOWN it does not accept the connection within 700 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static boolean takes(ServerSocket server, List<Socket> waiting) throws IOException {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(server.getLocalSocketAddress(), 300);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    @Test
    void checksTwoHundredNamesInTwentySecondsThoughSomeHang() throws Exception {
        assertThat(ExpiryLimits.STANDARD)
                .isEqualTo(new ExpiryLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 100));
        Instant now = Instant.now();
        TestCertificateAuthority.IssuedCertificate good = root.below(
                        "test intermediate", now.plus(Duration.ofDays(900)))
                .issue(now.minusSeconds(60), now.plus(Duration.ofDays(90)), "good.test");
        try (TestTlsServer server = new TestTlsServer(Map.of("good.test", good));
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<WatchedName> names = new ArrayList<>();
            IntStream.range(0, 5).forEach(number -> names.add(name("silent.test", silent.getLocalPort())));
            IntStream.range(0, 195).forEach(number -> names.add(name("good.test", server.port())));

            long begin = System.nanoTime();
            List<ExpiryFinding> found = looked(ExpiryLimits.STANDARD, names);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            System.out.printf("200 names, 5 of them silent: %.1f s%n", took.toMillis() / 1000.0);
            assertThat(took).isBetween(ExpiryLimits.STANDARD.answer(), Duration.ofSeconds(20));
            assertThat(found.stream().filter(one -> one.status() == CheckStatus.OK))
                    .hasSize(195);
            assertThat(found.stream().filter(one -> one.status() == CheckStatus.UNKNOWN))
                    .hasSize(5)
                    .allMatch(one ->
                            one.says().equals("it accepts the connection, but completes no handshake within 5000 ms"));
        }
    }
}
