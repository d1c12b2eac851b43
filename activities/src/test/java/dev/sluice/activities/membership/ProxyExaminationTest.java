package dev.sluice.activities.membership;

import static dev.sluice.activities.membership.LoopbackCluster.HELLO;
import static dev.sluice.activities.membership.LoopbackCluster.order;
import static dev.sluice.activities.membership.LoopbackCluster.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.FreePort;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.workflows.activity.MembershipActivities.Member;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor sees of a proxy: one real Apache on loopback. */
@EnabledIf("dev.sluice.activities.membership.TestApache#isInstalled")
class ProxyExaminationTest {
    private LoopbackCluster cluster;
    private TestApache apache;
    private Member red;

    @BeforeEach
    void oneProxyAndAMemberInService(@TempDir Path directory) throws IOException {
        cluster = new LoopbackCluster(directory);
        apache = cluster.proxy("proxy-a");
        red = cluster.member("red", 11);
        ApacheMembershipActivities membership = new ApacheMembershipActivities(cluster, cluster);
        membership.join(order(red));
        membership.open(order(red), true);
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    /** As seen from a machine that cannot reach the admin listener: here everything is local. */
    private ProxyFindings look() {
        return look(FreePort.next());
    }

    private ProxyFindings look(int admin) {
        return new ApacheProxyActivities(cluster, cluster, new ClientProbe(Duration.ofSeconds(2)), admin)
                .examine(HELLO, apache.clients)
                .get(0);
    }

    @Test
    void healthyProxyHasNoFindingsAndAnExposedManagerIsNamed() {
        ProxyFindings look = look();

        assertThat(look.unreachable()).isEmpty();
        assertThat(look.members()).isEqualTo(1);
        assertThat(look.missing()).isEmpty();
        assertThat(look.broken()).isEmpty();
        assertThat(look.exposed()).isEmpty();
        assertThat(look.differences()).isEmpty();
        assertThat(look.otherHands()).isEmpty();
        assertThat(look(apache.admin).exposed()).containsExactly("http://127.0.0.1:" + apache.admin);
    }

    @Test
    void namesManualChangesAndDifferencesFromFiles() throws IOException {
        apache.byHand(url(red), "w_status_D=1");
        Files.writeString(apache.member("byhand.conf"), "# mine\n");
        ProxyFindings touched = look();

        assertThat(touched.otherHands())
                .anyMatch(line -> line.startsWith("red is 'Init Dis"))
                .anyMatch(line -> line.endsWith("byhand.conf was not written by Sluice"));

        Files.delete(apache.member("byhand.conf"));
        apache.byHand(url(red), "w_status_D=0");
        Files.writeString(apache.member("red.ejected"), "ana|2026-11-22T18:00:00Z|slow\n");
        assertThat(look().differences())
                .singleElement()
                .asString()
                .startsWith("red is 'Init")
                .endsWith("should be ejected");
    }

    /** A backup that an operator made is named, and the members are read all the same. */
    @Test
    void aFileThatIsNoMemberIsNamedAndStopsNothing() throws IOException {
        Files.writeString(apache.member("Backup_2026.conf"), "# Written by Sluice\n");

        assertThat(look().otherHands())
                .anyMatch(line -> line.endsWith("Backup_2026.conf is no member: its name is no node's"));
        assertThat(MemberStates.lines(ScriptOutput.of(
                        "member|Backup_2026|joined|http://10.0.0.1:80|Init Ok|0\nmember|red|joined||\nend|")))
                .extracting(line -> line.get(1))
                .containsExactly("red");
    }

    @Test
    void namesMissingModulesBrokenConfigurationAndUnreachableProxies() throws IOException {
        Path configuration = apache.directory.resolve("httpd.conf");
        Files.writeString(
                configuration, Files.readString(configuration).replaceAll("LoadModule status_module.*\n", ""));
        assertThat(look().missing()).containsExactly("status");

        Files.writeString(configuration, Files.readString(configuration) + "\nNoSuchDirective on\n");
        assertThat(look().broken())
                .hasValueSatisfying(words -> assertThat(words).contains("NoSuchDirective"));

        apache.shell.unplug(true);
        assertThat(look().unreachable())
                .hasValueSatisfying(why -> assertThat(why).contains("no route to host"));
    }
}
