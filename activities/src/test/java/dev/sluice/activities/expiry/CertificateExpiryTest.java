package dev.sluice.activities.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.FreePort;
import dev.sluice.activities.expiry.TestCertificateAuthority.IssuedCertificate;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.ExpiryActivities.CertificateOrder;
import dev.sluice.workflows.activity.ExpiryActivities.ProxyAddress;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every case that a certificate can be in, shown by real TLS servers on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateExpiryTest {
    private final Instant now = Instant.now();
    private final Instant before = now.minusSeconds(60);
    private final TestCertificateAuthority root = TestCertificateAuthority.root("test root");
    private final TestCertificateAuthority below = root.below("test intermediate", in(900));
    private final TestCertificateAuthority stranger = TestCertificateAuthority.root("stranger");
    private final TestCertificateAuthority brief = root.below("short intermediate", in(10));
    private final TestCertificateAuthority md5 = root.signingWithMd5("careless intermediate", in(900));
    private final TestCertificateAuthority sha1 = root.signingWithSha1("old intermediate", in(900));
    private final TestTlsServer server = serving(certificates());

    private Map<String, IssuedCertificate> certificates() {
        Map<String, IssuedCertificate> all = new HashMap<>();
        all.put("good.test", below.issue(before, in(89), "good.test"));
        all.put("second.test", below.issue(before, in(400), "first.test", "second.test"));
        all.put("www.wild.test", below.issue(before, in(89), "*.wild.test"));
        all.put("wild.test", below.issue(before, in(89), "*.wild.test"));
        all.put("a.b.wild.test", below.issue(before, in(89), "*.wild.test"));
        all.put("month.test", below.issue(before, in(20), "month.test"));
        all.put("soon.test", below.issue(before, in(5), "soon.test"));
        all.put("expired.test", below.issue(in(-400), in(-325), "expired.test"));
        all.put("early.test", below.issue(in(5), in(95), "early.test"));
        all.put("wrong.test", below.issue(before, in(89), "other.test"));
        all.put("nameless.test", below.issue(before, in(89)));
        all.put("self.test", TestCertificateAuthority.selfSigned(in(89), "self.test"));
        all.put("alone.test", below.issue(before, in(89), "alone.test").alone());
        all.put("stranger.test", stranger.issue(before, in(89), "stranger.test"));
        all.put("md5.test", md5.issue(before, in(89), "md5.test"));
        all.put("sha1.test", sha1.issue(before, in(89), "sha1.test"));
        all.put(
                "below-sha1.test",
                sha1.below("young intermediate", in(900))
                        .issue(before, in(89), "below-sha1.test")
                        .with(sha1.certificate()));
        all.put("also-sha1.test", below.issue(before, in(89), "also-sha1.test").with(root.alsoSignedBy(sha1)));
        all.put("soon-sha1.test", sha1.issue(before, in(5), "soon-sha1.test"));
        all.put("short.test", brief.issue(before, in(200), "short.test"));
        all.put("worst.test", below.issue(in(-400), in(-325), "other.test"));
        all.put("whole.test", below.issue(before, in(89), "whole.test").with(root.certificate()));
        return all;
    }

    private Instant in(int days) {
        return now.plus(Duration.ofDays(days)).plusSeconds(3600);
    }

    private String day(int days) {
        return LocalDate.ofInstant(in(days), ZoneOffset.UTC).toString();
    }

    private static TestTlsServer serving(Map<String, IssuedCertificate> certificates) {
        try {
            return new TestTlsServer(certificates);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @AfterAll
    void ends() throws Exception {
        server.close();
    }

    private static NetworkExpiryActivities steps(ExpiryLimits limits, AddressLookup addresses) {
        return new NetworkExpiryActivities(addresses, limits, ActivityHeartbeat::startUntilClosed, Clock.systemUTC());
    }

    private List<ExpiryFinding> looked(ExpiryLimits limits, List<WatchedName> names) {
        return steps(limits, (name, zone, nameServer) -> List.of("127.0.0.1"))
                .certificates(new CertificateOrder(names, List.of(), "test", Optional.empty(), root.pem()));
    }

    private static WatchedName name(String name, int port) {
        return new WatchedName(name, port, false, new DayLimits(30, 7), "certbot renew");
    }

    private String look(String name, int port) {
        ExpiryFinding one =
                looked(ExpiryLimits.STANDARD, List.of(name(name, port))).get(0);
        assertThat(one.where()).isEqualTo("127.0.0.1:" + port);
        return one.status() + " " + one.says();
    }

    private String look(String name) {
        return look(name, server.port());
    }

    @Test
    void trustedValidCertificateIsOk() {
        assertThat(look("good.test")).isEqualTo("OK 89 days left");
        assertThat(look("second.test")).isEqualTo("OK 400 days left");
        assertThat(look("whole.test")).isEqualTo("OK 89 days left");
    }

    @Test
    void asteriskMatchesOneLabel() {
        assertThat(look("www.wild.test")).isEqualTo("OK 89 days left");
        assertThat(look("wild.test")).startsWith("CRITICAL it is for *.wild.test");
        assertThat(look("a.b.wild.test")).startsWith("CRITICAL it is for *.wild.test");
    }

    @Test
    void findingNamesTheRenewalCommand() {
        assertThat(look("month.test"))
                .isEqualTo("WARN it ends on %s, in 20 days, expected at least 30. Renew it with: certbot renew"
                        .formatted(day(20)));
        assertThat(look("soon.test"))
                .isEqualTo("CRITICAL it ends on %s, in 5 days, expected at least 7. Renew it with: certbot renew"
                        .formatted(day(5)));
    }

    @Test
    void earliestEndOfTheChainCounts() {
        assertThat(look("short.test"))
                .isEqualTo(
                        "WARN the certificate of its authority 'CN=short intermediate', sent along, ends on %s, in 10 days, expected at least 30. Renew it with: certbot renew"
                                .formatted(day(10)));
    }

    @Test
    void expiredOrFutureCertificateIsCritical() {
        assertThat(look("expired.test")).startsWith("CRITICAL it ended on %s, 324 days ago".formatted(day(-325)));
        assertThat(look("early.test")).startsWith("CRITICAL it is not valid before %s".formatted(day(5)));
    }

    @Test
    void foreignNameIsCritical() {
        assertThat(look("wrong.test")).startsWith("CRITICAL it is for other.test, expected this name.");
        assertThat(look("nameless.test")).startsWith("CRITICAL it is for no name, expected this name.");
    }

    @Test
    void reportsTheIssuerOfAnUntrustedCertificate() {
        assertThat(look("self.test")).startsWith("CRITICAL it is self-signed, not by an authority.");
        assertThat(look("stranger.test"))
                .startsWith(
                        "CRITICAL its authority 'CN=stranger' is trusted neither by the system nor by the cluster file.");
        assertThat(look("alone.test"))
                .startsWith("CRITICAL the server sends no certificate of 'CN=test intermediate', which signed it:");
    }

    @Test
    void severalProblemsAreOneFinding() {
        assertThat(look("worst.test"))
                .startsWith("CRITICAL it ended on ")
                .contains("; it is for other.test, expected this name.");
    }

    @Test
    void serverWithoutACertificateIsUnknown() throws Exception {
        assertThat(look("nobody.test")).startsWith("UNKNOWN it ends the handshake: ");
        assertThat(look("odd_name.test")).startsWith("UNKNOWN it cannot be checked: ");
        assertThat(look("refused.test", FreePort.next())).isEqualTo("UNKNOWN it refuses the connection");
        try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request\r\n\r\n");
                ServerSocket closing = answering("")) {
            assertThat(look("plain.test", plain.getLocalPort())).isEqualTo("UNKNOWN it answers, but not with TLS");
            assertThat(look("closing.test", closing.getLocalPort()))
                    .isEqualTo("UNKNOWN it ends the connection in the middle of the handshake");
        }
    }

    private static ServerSocket answering(String words) throws IOException {
        ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (Socket connection = socket.accept()) {
                int first = connection.getInputStream().read();
                connection.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                connection.shutdownOutput();
                while (first >= 0) {
                    first = connection.getInputStream().read();
                }
            } catch (IOException gone) {
                // The client's end of it is what is tested.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    @Test
    void nameWithoutAddressIsUnknownAndItsProxiesAreChecked() {
        NetworkExpiryActivities steps = steps(ExpiryLimits.STANDARD, (name, zone, nameServer) -> {
            throw new UnknownHostException(name + ": Name or service not known");
        });
        WatchedName watched = new WatchedName("good.test", server.port(), true, new DayLimits(30, 7), "");

        List<ExpiryFinding> found = steps.certificates(new CertificateOrder(
                List.of(watched),
                List.of(new ProxyAddress(new NodeName("hello-proxy-a"), new Ipv4Address("127.0.0.1"))),
                "test",
                Optional.empty(),
                root.pem()));

        assertThat(found)
                .extracting(one -> one.where() + " " + one.status() + " " + one.says())
                .containsExactly(
                        "hello-proxy-a 127.0.0.1:%d OK 89 days left".formatted(server.port()),
                        "DNS UNKNOWN it has no address: good.test: Name or service not known");
    }

    @Test
    void rejectsBrokenAuthorities() {
        assertThatThrownBy(() -> steps(ExpiryLimits.STANDARD, (name, zone, nameServer) -> List.of())
                        .certificates(new CertificateOrder(
                                List.of(),
                                List.of(),
                                "test",
                                Optional.empty(),
                                "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")))
                .hasMessageContaining("The certificates of expiry.authorities cannot be read");
    }

    @Test
    void sha1BelowAnAuthorityOfTheClusterFileIsCritical() {
        assertThat(look("sha1.test"))
                .isEqualTo(
                        "CRITICAL it is signed with SHA1withRSA, which browsers refuse. Renew it with: certbot renew");
        assertThat(look("soon-sha1.test"))
                .startsWith("CRITICAL it ends on ")
                .contains("; it is signed with SHA1withRSA, which browsers refuse.");
        assertThat(look("below-sha1.test"))
                .startsWith(
                        "CRITICAL the certificate of its authority 'CN=young intermediate', sent along, is signed with SHA1withRSA");
    }

    @Test
    void ignoresTheSignatureOfATrustedAuthority() {
        assertThat(look("also-sha1.test")).isEqualTo("OK 89 days left");
    }

    @Test
    void obsoleteSignatureIsCritical() {
        assertThat(look("md5.test"))
                .startsWith("CRITICAL its chain is not accepted: ")
                .contains("MD5")
                .endsWith("Renew it with: certbot renew");
    }
}
