package dev.sluice.starter.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestClusters;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Up to the call of ssh, whose arguments HostAuthorityKeyTest holds. */
final class SshCommandTest {
    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @TempDir
    Path directory = Path.of("");

    private Path key = Path.of("");
    private Path authority = Path.of("");

    @BeforeEach
    void makesKeys() throws Exception {
        key = directory.resolve("key");
        authority = directory.resolve("authority");
        for (Path file : List.of(key, authority)) {
            int code = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                    .start()
                    .waitFor();
            assertThat(code).isZero();
        }
    }

    private CliRunner cli() {
        return server.cli().with("SLUICE_SSH_KEY", key.toString()).with("SLUICE_HOST_CA", authority.toString());
    }

    private void shows(String privateAddress) {
        server.offer(
                ShowCluster.class,
                () -> (file, plan) -> TestClusters.with(
                        TestClusters.healthy(),
                        List.of(TestClusters.node(Role.APP, TestClusters.FIRST, privateAddress, 12))));
    }

    @Test
    void exitsWithTheCodeOfSsh() {
        shows("127.0.0.1");

        CliOutcome ssh = server.run(cli(), "ssh", "hello-app-2mq8", "exit", "7");

        assertThat(ssh.code()).as("the code of an ssh that trusts no host here").isEqualTo(255);
        assertThat(ssh.err()).contains("/workflows/node%2Fhello%2Fhello-app-2mq8");
    }

    @Test
    void entersTheNetworkOfTheLab() {
        shows("127.0.0.1");

        CliOutcome ssh = server.run(cli().with("SLUICE_LAB_PID", "999999999"), "ssh", "hello-app-2mq8", "true");

        assertThat(ssh.code())
                .as("the code of nsenter for a process that does not exist")
                .isEqualTo(1);
    }

    @Test
    void rejectsANodeThatTheClusterDoesNotHave() {
        shows("127.0.0.1");

        CliOutcome ssh = server.run(cli(), "ssh", "hello-app-zzzz");

        assertThat(ssh.code()).isEqualTo(2);
        assertThat(ssh.err()).contains("hello-app-zzzz", "sluice status");
    }

    @Test
    void refusesANodeWithoutAnAddress() {
        NodeName made = new NodeName("hello-app-k3f9");
        server.offer(ShowCluster.class, () -> (file, plan) -> TestClusters.withoutAddress(made));

        CliOutcome ssh = server.run(cli(), "ssh", made.value());

        assertThat(ssh.code()).isEqualTo(5);
        assertThat(ssh.err()).contains(made.value());
    }

    @ParameterizedTest
    @CsvSource({"SLUICE_SSH_KEY", "SLUICE_HOST_CA"})
    void namesAKeyFileThatIsMissing(String variable) {
        CliOutcome unset = server.run(cli().with(variable, ""), "ssh", "hello-app-2mq8");
        assertThat(unset.code()).isEqualTo(2);
        assertThat(unset.err()).contains(variable);

        CliOutcome unreadable = server.run(cli().with(variable, "/nowhere/key"), "ssh", "hello-app-2mq8");
        assertThat(unreadable.code()).isEqualTo(2);
        assertThat(unreadable.err()).contains(variable, "/nowhere/key");
    }

    @Test
    void rejectsAnAuthorityThatIsNoKey() throws Exception {
        Path note = Files.writeString(directory.resolve("note"), "ssh-rsa AAAA");

        CliOutcome ssh = server.run(cli().with("SLUICE_HOST_CA", note.toString()), "ssh", "hello-app-2mq8");

        assertThat(ssh.code()).isEqualTo(2);
        assertThat(ssh.err()).contains("SLUICE_HOST_CA", note.toString(), "public key");
    }

    @Test
    void opensAShellAtAnAddressWithoutTemporalAndFileAndWithTheAuthoritysPublicKey() {
        CliOutcome ssh = new CliRunner(environment -> {
                    throw new AssertionError("Temporal was asked");
                })
                .in(directory)
                .with("SLUICE_SSH_KEY", key.toString())
                .with("SLUICE_HOST_CA", authority + ".pub")
                .run("ssh", "hello-proxy-2mq8", "--address", "127.0.0.1", "exit", "7");

        assertThat(ssh.code()).as("the code of an ssh that trusts no host here").isEqualTo(255);
        assertThat(ssh.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-oProxyCommand=x", "localhost", "10.0.0.256", "''"})
    void rejectsAnAddressThatIsNone(String address) {
        CliOutcome ssh = server.run(cli(), "ssh", "hello-app-2mq8", "--address=" + address);

        assertThat(ssh.code()).isEqualTo(2);
        assertThat(ssh.err()).contains("--address");
    }

    @ParameterizedTest
    @CsvSource({"web1,web1", "other-app-k3f9,other-app-k3f9"})
    void rejectsANameThatIsNoNodeOfTheCluster(String name, String named) {
        CliOutcome ssh = server.run(cli(), "ssh", name);

        assertThat(ssh.code()).isEqualTo(2);
        assertThat(ssh.err()).contains(named);
    }
}
