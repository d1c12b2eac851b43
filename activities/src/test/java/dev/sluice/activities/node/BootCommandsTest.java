package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.node.gate.NodeFixtures;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BootCommandsTest {
    private static final NodeFile PAGE =
            new NodeFile("/srv/x", "root:root", "0644", Optional.of("hi"), Optional.empty());
    private static final NodeFile KEY = new NodeFile(
            "/etc/sluice/tls/site.key", "root:root", "0644", Optional.empty(), Optional.of(new SecretName("site-key")));

    @Test
    void payloadHoldsTheNameAndFilesWithDigests() {
        List<RenderedFile> files = List.of(new RenderedFile(PAGE, "hi"), new RenderedFile(KEY, ""));
        assertThat(BootCommands.payload(NodeFixtures.node("hello-app-1", 1), files, List.of("apache2")))
                .isEqualTo("""
                        service apache2
                        name hello-app-1
                        private 10.0.0.1
                        file 0644 root:root 8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4 aGk= /srv/x
                        secret /etc/sluice/tls/site.key
                        file 0600 root:root e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 - /etc/sluice/tls/site.key
                        end
                        """);
    }

    @Test
    void equalOrdersHaveTheSameJob() {
        assertThat(BootCommands.job("a")).isEqualTo(BootCommands.job("a")).matches("first-boot-[0-9a-f]{12}");
        assertThat(BootCommands.job("a")).isNotEqualTo(BootCommands.job("b"));
    }

    @Test
    void passesTheCertificateAsAWord() {
        RemoteCommand seal =
                BootCommands.seal(new NodeName("hello-app-1"), "ssh-ed25519-cert-v01@openssh.com AAAA hello-app-1");
        assertThat(seal.line()).isEqualTo("sh -s -- hello-app-1 'ssh-ed25519-cert-v01@openssh.com AAAA hello-app-1'");
        assertThat(seal.stdin()).endsWith("main \"$@\" </dev/null\n");
    }

    @Test
    void rejectsAmbiguousPathsAndServices() {
        NodeFile blank = new NodeFile("/etc/a b", "root:root", "0644", Optional.of(""), Optional.empty());
        NodeFile owner = new NodeFile("/etc/a", "root", "0644", Optional.of(""), Optional.empty());
        assertThatThrownBy(() -> new RenderedFile(blank, "")).hasMessageContaining("/etc/a b");
        assertThatThrownBy(() -> new RenderedFile(owner, "")).hasMessageContaining("root:root");
        assertThatThrownBy(() -> BootCommands.payload(NodeFixtures.node("a", 1), List.of(), List.of("a;b")))
                .hasMessageContaining("a;b");
    }
}
