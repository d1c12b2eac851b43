package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.TwoProxyFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.FreePort;
import dev.sluice.activities.poll.Poll;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.ProxyActivities.CompareOrder;
import dev.sluice.workflows.activity.ProxyActivities.CompareReport;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A published proxy against its sibling, as a client sees both: real Apaches with TLS on loopback addresses. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class ProxyComparisonTest {
    private final int port = FreePort.next();
    private final ClientProbe visitor = new ClientProbe(Duration.ofSeconds(10));
    private LoopbackCluster cluster;
    private TestApache published;
    private TestApache sibling;

    @BeforeEach
    void twoProxiesThatServeOneMember(@TempDir Path directory) throws IOException {
        cluster = new LoopbackCluster(directory);
        published = cluster.proxy("proxy-new", 21, port);
        sibling = cluster.proxy("proxy-old", 22, port);
        Member red = cluster.member("red", 11);
        ApacheMembershipActivities membership = new ApacheMembershipActivities(cluster, cluster);
        membership.join(order(red));
        membership.open(order(red), true);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    private CompareReport compare() {
        return new ApacheProxyActivities(cluster, cluster, visitor)
                .compare(new CompareOrder(HELLO, new NodeName("proxy-new"), List.of(), "www.hello.example", port, "/"));
    }

    /** On a busy machine a health check may come late, and then the proxy without a fault answers 503 as well. */
    private void awaitAnswer(String address, int status) {
        int last = Poll.every(Duration.ofMillis(100))
                .times(200)
                .await(() -> status(address), answered -> answered == status);
        assertThat(last).as("the answer of %s", address).isEqualTo(status);
    }

    private int status(String address) {
        return visitor.probe(new Ipv4Address(address), port, "www.hello.example")
                .answer()
                .map(ClientProbeResult.ProbeAnswer::status)
                .orElse(0);
    }

    private static void shows(TestApache apache, int days) throws IOException {
        Path tls = apache.directory.resolve("tls");
        SelfSignedCertificate.write(tls.resolve("site.pem"), tls.resolve("site.key"), days);
        apache.graceful();
    }

    @Test
    void equalProxyPasses() {
        CompareReport report = compare();

        assertThat(report.siblings()).isEqualTo(1);
        assertThat(report.says()).isEqualTo("answers 200 as its 1 siblings do");
    }

    @Test
    void otherCertificateIsADifferenceUnlessItEndsLater() throws IOException {
        shows(published, 90);
        assertThat(compare().siblings()).isEqualTo(1);

        shows(published, 30);
        assertRefused(FailureType.PROXY_DIFFERS, "proxy-new at 127.0.0.21 shows the certificate ", this::compare);
    }

    @Test
    void missingMemberOrAnswerIsADifference() throws IOException {
        published.byHand("http://127.0.0.11:" + cluster.port, "w_status_D=1");
        awaitAnswer("127.0.0.21", 503);
        awaitAnswer("127.0.0.22", 200);
        assertRefused(
                FailureType.PROXY_DIFFERS,
                "proxy-new at 127.0.0.21 answers 503; its sibling 127.0.0.22 answers 200",
                this::compare);

        published.stop();
        assertRefused(FailureType.PROXY_DIFFERS, "proxy-new at 127.0.0.21 does not answer", this::compare);

        sibling.stop();
        assertThat(compare().says()).endsWith("no sibling answers to compare it with");
    }
}
